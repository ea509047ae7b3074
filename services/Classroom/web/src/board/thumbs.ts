// Many sheets at a glance, each with a name and what may be done with it: slates, boards of groups.
import { button, element } from '../dom';
import type { Key } from '../words/say';
import type { Exchange } from './exchange';
import { onFormula } from './formulas';
import { wordsOn } from './marks';
import { high, paint, picture, wide } from './paint';
import { onPicture } from './pictures';

const small = 500;

export interface Thumb {
  sheet: string;
  name: string;
  state: string;
  /** It is done, or held up. */
  done: boolean;
  act: { key: Key; work: () => unknown } | null;
}

interface Card {
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  name: HTMLElement;
  state: HTMLElement;
  words: HTMLElement;
  act: HTMLElement;
}

export class Thumbs {
  readonly list = element('ul', { className: 'thumbs' });
  #exchange: Exchange;
  #cards = new Map<string, Card>();
  #stale = new Set<string>();

  constructor(exchange: Exchange, changed: (sheet: string) => void) {
    this.#exchange = exchange;
    exchange.marks.on('added', (s) => {
      const c = this.#cards.get(s.sheet)?.canvas.getContext('2d');
      if (c) paint(c, s);
      if (c) changed(s.sheet);
    });
    const refresh = (sheet: string) => {
      if (!this.#stale.size) requestAnimationFrame(() => this.#refresh());
      this.#stale.add(sheet);
    };
    exchange.marks.on('changed', (sheet) => {
      if (!this.#cards.has(sheet)) return;
      refresh(sheet);
      changed(sheet);
    });
    const again = (kind: 'formula' | 'image') => {
      for (const sheet of this.#cards.keys()) if (exchange.marks.of(sheet).some((mark) => mark.kind === kind)) refresh(sheet);
    };
    onFormula(() => again('formula'));
    onPicture(() => again('image'));
  }

  show(all: Thumb[]): void {
    for (const [sheet, card] of this.#cards)
      if (!all.some((t) => t.sheet === sheet)) {
        card.element.remove();
        this.#cards.delete(sheet);
      }
    all.forEach((thumb, i) => {
      const card = this.#of(thumb.sheet);
      if (this.list.children[i] !== card.element) this.list.insertBefore(card.element, this.list.children[i] ?? null);
      this.#write(card, thumb);
    });
  }

  #of(sheet: string): Card {
    const known = this.#cards.get(sheet);
    if (known) return known;
    const canvas = picture([], 'plain', small);
    canvas.setAttribute('role', 'img');
    const name = element('strong');
    const state = element('span', { className: 'state' });
    const words = element('p', { className: 'hiddenText' });
    const act = element('button', { type: 'button' });
    const made = element('li', {}, canvas, element('p', {}, name, ' ', state), words, act);
    const card = { element: made, canvas, name, state, words, act };
    this.#cards.set(sheet, card);
    this.#paint(sheet, card);
    return card;
  }

  #write(card: Card, { sheet, name, state, done, act }: Thumb): void {
    const strokes = this.#exchange.marks.of(sheet);
    card.name.textContent = name;
    card.state.textContent = state;
    card.element.classList.toggle('done', done);
    card.canvas.setAttribute('aria-label', name);
    card.words.textContent = wordsOn(strokes).join(' ');
    card.act.hidden = !act;
    if (!act) return;
    const made = button(act.key, act.work, name, '');
    card.act.textContent = made.textContent;
    card.act.setAttribute('aria-label', made.getAttribute('aria-label') ?? '');
    card.act.onclick = made.onclick;
  }

  #refresh(): void {
    const stale = [...this.#stale];
    this.#stale.clear();
    for (const sheet of stale) {
      const card = this.#cards.get(sheet);
      if (card) this.#paint(sheet, card);
    }
  }

  #paint(sheet: string, { canvas }: Card): void {
    const c = canvas.getContext('2d') as CanvasRenderingContext2D;
    c.fillStyle = '#fff';
    c.fillRect(0, 0, wide, high);
    for (const mark of this.#exchange.marks.of(sheet)) paint(c, mark);
  }
}
