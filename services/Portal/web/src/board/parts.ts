import { bullets, type Child } from '../dom';
import type { Api } from './api';
import type { Columns } from './columns';
import type { Model } from './model';
import type { Words } from './words';

/** What every part of the board works with. */
export interface Board {
  root: HTMLElement;
  campaign: string;
  /** The person who looks at it. */
  me: string;
  api: Api;
  model: Model;
  words: Words;
  columns: Columns;
  line: Line;
  marks: Marks;
}

/** The line that says what has happened, to eyes and screen readers alike. */
export class Line {
  readonly #said: HTMLElement;

  constructor(said: HTMLElement) {
    this.#said = said;
  }

  tell(text: string, conflicts: string[] = [], isBad = false, ...more: Child[]): void {
    this.#said.classList.toggle('bad', isBad);
    this.#said.replaceChildren(...[text, bullets(conflicts), ...more].filter((child) => child !== null));
  }

  /** A question that must not be overwritten by news. */
  get isAsking(): boolean {
    return this.#said.querySelector('[data-redo]') !== null;
  }
}

type Mark = 'good-drop' | 'conflict' | 'over';

/** Colours for a moment: where a drop is possible, what stands against it. */
export class Marks {
  readonly #marked = new Set<Element>();

  set(element: Element | undefined, mark: Mark): void {
    if (!element) return;
    element.classList.add(mark);
    this.#marked.add(element);
  }

  clear(): void {
    for (const element of this.#marked) element.classList.remove('good-drop', 'conflict', 'over');
    this.#marked.clear();
  }
}
