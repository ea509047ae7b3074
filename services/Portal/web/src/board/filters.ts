import { one } from '../dom';
import type { Filter } from './model';

const names = ['subject', 'level', 'status', 'school', 'teacher'] as const;

/** The fields above the board. */
export class Filters {
  readonly #fields: Record<keyof Filter, HTMLInputElement | HTMLSelectElement>;

  constructor(board: HTMLElement) {
    const field = (name: string) => one<HTMLInputElement>(`[name=${name}]`, board);
    this.#fields = {
      subject: field('subject'),
      level: field('level'),
      status: field('status'),
      school: field('school'),
      teacher: field('teacher'),
    };
  }

  get now(): Filter {
    const value = (name: keyof Filter) => this.#fields[name].value.trim().toLowerCase();
    return {
      subject: value('subject'),
      level: value('level'),
      status: value('status'),
      school: value('school'),
      teacher: value('teacher'),
    };
  }

  onChange(run: () => void): void {
    for (const name of names) this.#fields[name].addEventListener('input', run);
  }
}
