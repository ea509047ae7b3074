import { type Child, el, one } from '../dom';
import type { Words } from './words';

type Kind = 'quiet' | 'bad' | '';

export function button(text: string, run: () => void, kind: Kind = 'quiet'): HTMLButtonElement {
  const made = el('button', { class: `button small ${kind}`, type: 'button' }, text);
  made.addEventListener('click', run);
  return made;
}

/** The dialog beside the board: its heading with a way out, a place for what is said, and what it is about. */
export class Dialog {
  readonly #element: HTMLDialogElement;
  readonly #words: Words;
  /** The stage that it is about, while it is open. */
  stage: string | null = null;

  constructor(board: HTMLElement, words: Words) {
    this.#element = one('[data-panel]', board);
    this.#words = words;
    this.#element.addEventListener('close', () => {
      this.stage = null;
    });
  }

  open(title: string, leave: () => void, ...content: Child[]): void {
    const heading = el('h2', { id: 'panel-title', tabindex: '-1' }, title);
    const head = el('div', { class: 'panel-head' }, heading, button(this.#words.say('Fermer', 'Close'), leave));
    this.#element.replaceChildren(head, ...content.filter((child) => child !== null));
    if (!this.#element.open) this.#element.showModal();
  }

  close(): void {
    this.#element.close();
    this.stage = null;
  }
}

/** Where the dialog says what a choice would do, and what others have done meanwhile. */
export class Notes {
  readonly element = el('div', { role: 'status', 'aria-live': 'polite', 'data-notes': true });

  show(kind: '' | 'done' | 'bad' | 'warn', ...content: Child[]): void {
    this.element.className = kind ? `note ${kind}` : 'note';
    this.element.replaceChildren(...content.filter((child) => child !== null));
  }

  clear(): void {
    this.element.className = '';
    this.element.replaceChildren();
  }
}
