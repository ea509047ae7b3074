// Beside the week: the stage that was chosen with its pupils, and the wishes without a place. From here pupils are dragged.
import { el, one } from '../dom';
import { keepOneStop, pupilChip, wishChip } from './blocks';
import { keyOf, type Model, type Wish } from './model';
import type { Stage } from './wire';
import type { Words } from './words';

const mostWishes = 150;

export class Tray {
  /** Where a pupil is brought who is to have no place. */
  readonly out: HTMLElement;
  readonly wishes: HTMLElement;
  readonly #chosen: HTMLElement;
  readonly #figure: HTMLElement;
  readonly #model: Model;
  readonly #words: Words;

  constructor(board: HTMLElement, model: Model, words: Words) {
    this.out = one('[data-out]', board);
    this.#chosen = one('[data-chosen]', board);
    this.wishes = one('[data-wishes]', board);
    this.#figure = one('[data-wishes-figure]', board);
    this.#model = model;
    this.#words = words;
  }

  focusOnWishes(): void {
    this.wishes.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  /** Null: none is chosen. */
  choose(stage: Stage | null): void {
    const { say } = this.#words;
    if (!stage) {
      const text = say('Choisissez un stage : ses élèves viennent ici.', 'Choose a stage: its pupils come here.');
      this.#chosen.replaceChildren(el('p', { class: 'hint' }, text));
      return;
    }
    const title = this.#words.title(stage);
    const trouble = this.#model.troubles(stage, this.#words);
    const button = (verb: string, text: string) =>
      el('button', { type: 'button', class: 'button quiet small', 'data-do': verb, 'data-stage': stage.id }, text);
    const parts = [
      el('h2', {}, title, ' ', el('small', {}, this.#words.filling(stage))),
      el('p', {}, [this.#words.teacher(stage), this.#words.status(stage)].filter(Boolean).join(' · ')),
      trouble.length > 0 ? el('p', { class: 'trouble' }, trouble.join(' ; ')) : null,
      el('ul', { class: 'times' }, ...stage.modules.map((module) => el('li', {}, this.#words.when(stage, module)))),
      el('ul', { class: 'chips' }, ...stage.pupils.map(({ enrolmentId }) => pupilChip(stage, enrolmentId, this.#words))),
      el(
        'p',
        { class: 'actions' },
        button('open', say('Ouvrir', 'Open')),
        button('pin', stage.pinned ? say('Désépingler', 'Unpin') : say('Épingler', 'Pin')),
        stage.status === 'draft' ? button('approve', say('Valider', 'Approve')) : null,
      ),
    ];
    this.#chosen.replaceChildren(...parts.filter((part) => part !== null));
  }

  /** The first of the wishes without a place, and how many there are. */
  drawWishes(wishes: Wish[]): void {
    const n = wishes.length;
    const { say } = this.#words;
    this.#figure.textContent = n > mostWishes ? say(`${n}, dont ${mostWishes} ici`, `${n}, ${mostWishes} of them here`) : String(n);
    const missing = new Map(wishes.slice(0, mostWishes).map((wish) => [keyOf(wish.pupil.id, wish.subject), wish]));
    for (const chip of [...this.wishes.children] as HTMLElement[]) if (!missing.delete(chip.dataset.key ?? '')) chip.remove();
    this.wishes.append(...[...missing.values()].map((wish) => wishChip(wish, this.#words)));
    keepOneStop([...this.wishes.children] as HTMLElement[]);
  }
}
