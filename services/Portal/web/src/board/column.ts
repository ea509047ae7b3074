import { el } from '../dom';
import { wishChip } from './cards';
import { keyOf, type Wish } from './model';
import type { Words } from './words';

const mostWishes = 150;

/** One column of the board: its heading with a figure, and the list of what is in it. */
export class Column {
  readonly list: HTMLElement;
  readonly #figure = el('small');

  constructor(board: HTMLElement, key: string, name: string, kind = '') {
    this.list = el('div', { class: `board-list${kind ? ' chips' : ''}`, role: 'group', 'aria-label': name });
    const heading = el('h2', {}, name, ' ', this.#figure);
    board.append(el('section', { class: `board-week ${kind}`, 'data-week': key, 'aria-label': name }, heading, this.list));
  }

  countStages(): void {
    this.#figure.textContent = `${shown(this.list).length} stages`;
  }

  /** The first of the wishes without a place, and how many there are. */
  drawWishes(wishes: Wish[], words: Words): void {
    const n = wishes.length;
    this.#figure.textContent = n > mostWishes ? words.say(`${n}, dont ${mostWishes} ici`, `${n}, ${mostWishes} of them here`) : String(n);
    const missing = new Map(wishes.slice(0, mostWishes).map((wish) => [keyOf(wish.pupil.id, wish.subject), wish]));
    for (const chip of [...this.list.children] as HTMLElement[]) if (!missing.delete(chip.dataset.key ?? '')) chip.remove();
    this.list.append(...[...missing.values()].map((wish) => wishChip(wish, words)));
  }

  /** One stop of the Tab key; arrows do the rest. */
  keepOneStop(): void {
    const items = shown(this.list);
    if (!items.some((item) => item.tabIndex === 0)) {
      for (const item of this.list.querySelectorAll<HTMLElement>('[tabindex="0"]')) item.tabIndex = -1;
      if (items[0]) items[0].tabIndex = 0;
    }
    this.list.tabIndex = items.length > 0 ? -1 : 0;
  }
}

export const shown = (list: Element): HTMLElement[] => ([...list.children] as HTMLElement[]).filter((item) => !item.hidden);
