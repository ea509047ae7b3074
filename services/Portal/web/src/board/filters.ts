import { one } from '../dom';
import type { Filter } from './model';

const names = ['subject', 'level', 'status', 'school', 'teacher'] as const;

/** The fields above the board, folded away; how many of them say something stands beside their name. */
export class Filters {
  readonly #fields: Record<keyof Filter, HTMLInputElement | HTMLSelectElement>;
  readonly #figure: HTMLElement;

  constructor(board: HTMLElement) {
    const field = (name: string) => one<HTMLInputElement>(`[name=${name}]`, board);
    this.#figure = one('[data-filters-figure]', board);
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

  count(): void {
    const n = Object.values(this.now).filter((value) => value.length > 0).length;
    this.#figure.textContent = n > 0 ? ` (${n})` : '';
  }

  onChange(run: () => void): void {
    for (const name of names) this.#fields[name].addEventListener('input', run);
  }
}
