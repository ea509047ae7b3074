// The columns of the weeks and that of wishes without a place. Hundreds of cards: each is filled when it comes near the screen, and
// only what changes is drawn anew.
import { nextFrame, one } from '../dom';
import { cardOf, dress, fill } from './cards';
import { Column } from './column';
import { Filters } from './filters';
import type { Model } from './model';
import type { Stage } from './wire';
import type { Words } from './words';

const cardsAFrame = 40;

export class Columns {
  readonly root: HTMLElement;
  readonly #model: Model;
  readonly #words: Words;
  readonly #filters: Filters;
  readonly #cards = new Map<string, HTMLElement>();
  readonly #weeks = new Map<string, Column>();
  readonly #waiting: Column;
  readonly #near: IntersectionObserver;
  #isDue = false;

  constructor(board: HTMLElement, model: Model, words: Words) {
    this.root = one('[data-columns]', board);
    this.#model = model;
    this.#words = words;
    this.#filters = new Filters(board);
    for (const week of model.plan.weeks) this.#weeks.set(week.label, new Column(this.root, week.label, week.title));
    this.#waiting = new Column(this.root, '', words.say('Sans place', 'Unplaced'), 'waiting');
    this.#near = new IntersectionObserver((entries) => this.#approach(entries), { rootMargin: '300px', scrollMargin: '300px' });
  }

  card(id: string): HTMLElement | undefined {
    return this.#cards.get(id);
  }

  focusOnWishes(): void {
    this.#waiting.list.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  /** All cards, a few dozen a frame, so that the page answers meanwhile. */
  async drawAll(stages: Stage[]): Promise<void> {
    const sorted = [...stages].sort(this.#model.order);
    for (let i = 0; i < sorted.length; i += cardsAFrame) {
      for (const stage of sorted.slice(i, i + cardsAFrame)) {
        // News may have been faster.
        if (this.#model.stages.has(stage.id)) continue;
        this.#model.put(stage);
        this.#weeks.get(stage.week)?.list.append(this.#newCard(stage));
      }
      await nextFrame();
    }
    this.#count();
    this.#filters.onChange(() => this.#filter());
  }

  /** Puts one stage where it belongs, as it is now; `isFresh`: it is shown that it has changed. */
  put(stage: Stage, isFresh = false): void {
    this.#model.put(stage);
    const known = this.#cards.get(stage.id);
    const card = known ?? this.#newCard(stage);
    const hadFocus = document.activeElement === card;
    if (known) dress(card, stage, this.#words);
    card.hidden = !this.#model.shows(stage, this.#filters.now, this.#words);
    const list = this.#weeks.get(stage.week)?.list;
    if (list && card.parentElement !== list) {
      card.tabIndex = -1;
      list.insertBefore(card, this.#after(stage, list));
    }
    if (isFresh) {
      card.classList.remove('fresh');
      // Read, so that the animation begins anew.
      void card.offsetWidth;
      card.classList.add('fresh');
    }
    if (hadFocus) card.focus({ preventScroll: true });
    this.#soon();
  }

  drop(id: string): void {
    if (!this.#model.drop(id)) return;
    const card = this.#cards.get(id);
    if (card) {
      this.#near.unobserve(card);
      card.remove();
      this.#cards.delete(id);
    }
    this.#soon();
  }

  #newCard(stage: Stage): HTMLElement {
    const card = cardOf(stage, this.#words);
    card.hidden = !this.#model.shows(stage, this.#filters.now, this.#words);
    this.#cards.set(stage.id, card);
    this.#near.observe(card);
    return card;
  }

  #approach(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement) || target.dataset.filled) continue;
      const stage = this.#model.stages.get(target.dataset.id ?? '');
      if (stage) fill(target, stage, this.#words);
    }
  }

  /** The card before which this stage's belongs; null: it is the last. */
  #after(stage: Stage, list: HTMLElement): Element | null {
    const isAfter = (card: Element) => {
      const other = card instanceof HTMLElement && this.#model.stages.get(card.dataset.id ?? '');
      return other && this.#model.order(stage, other) < 0;
    };
    return [...list.children].find(isAfter) ?? null;
  }

  #filter(): void {
    const filter = this.#filters.now;
    for (const [id, card] of this.#cards) {
      const stage = this.#model.stages.get(id);
      if (stage) card.hidden = !this.#model.shows(stage, filter, this.#words);
    }
    this.#soon();
  }

  /** Figures and waiting wishes once a frame, however much has changed. */
  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#count());
  }

  #count(): void {
    this.#isDue = false;
    for (const column of this.#weeks.values()) column.countStages();
    this.#waiting.drawWishes(this.#model.unplaced(this.#filters.now), this.#words);
    for (const column of [...this.#weeks.values(), this.#waiting]) column.keepOneStop();
  }
}
