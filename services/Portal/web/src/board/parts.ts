import { bullets, type Child } from '../dom';
import type { Api } from './api';
import type { Model } from './model';
import type { Views } from './views';
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
  views: Views;
  line: Line;
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
