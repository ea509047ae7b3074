// The two ways in which the board is seen: the week as a grid, and the table that says the same. Both show the same stages, chosen by
// the same fields; what changes is drawn once a frame, however much has changed.
import { afterAPause, every, nextFrame, one } from '../dom';
import { Filters } from './filters';
import { type Model, trouble } from './model';
import { Tray } from './tray';
import { Twin } from './twin';
import { WeekGrid } from './week';
import type { Stage } from './wire';
import type { Words } from './words';

export type View = 'grid' | 'table';

/** In the browser alone: how this coordinator last looked at boards. */
const remembered = 'stages.board.view';

export class Views {
  readonly grid: WeekGrid;
  readonly tray: Tray;
  readonly twin: Twin;
  /** Runs after each drawing: what is marked is marked on the new blocks as well. */
  onDrawn: () => void = () => {};
  readonly #board: HTMLElement;
  readonly #model: Model;
  readonly #filters: Filters;
  readonly #words: Words;
  readonly #fresh = new Set<string>();
  #week: string;
  #chosen: string | null = null;
  #view: View = localStorage.getItem(remembered) === 'table' ? 'table' : 'grid';
  #isDue = false;
  readonly #conflicts: { soon(): void };

  /** `findConflicts`: has the model know what stands against stages as they are. */
  constructor(board: HTMLElement, model: Model, words: Words, findConflicts: () => Promise<void>) {
    this.#conflicts = afterAPause(200, () => findConflicts().then(() => this.draw()));
    this.#board = board;
    this.#model = model;
    this.#words = words;
    this.#filters = new Filters(board);
    this.grid = new WeekGrid(board, model, words, (stage) => model.shows(stage, this.#filters.now, words));
    this.tray = new Tray(board, model, words);
    this.twin = new Twin(board, model, words);
    this.#week = model.plan.weeks[0]?.label ?? '';
    for (const tab of this.#tabs) tab.addEventListener('click', () => this.showWeek(tab.dataset.week ?? ''));
    for (const choice of every('[data-view]', board)) choice.addEventListener('click', () => this.show(choice.dataset.view as View));
    this.tray.choose(null);
    this.#dress();
  }

  get week(): string {
    return this.#week;
  }

  get #tabs(): HTMLElement[] {
    return every('button[data-week]', this.#board);
  }

  /** All stages at once, as the board begins or begins anew. */
  async drawAll(stages: Stage[]): Promise<void> {
    // News may have been faster.
    for (const stage of stages) if (!this.#model.stages.has(stage.id)) this.#model.put(stage);
    this.draw();
    this.#filters.onChange(() => this.#soon());
    this.#filters.onChange(() => this.#look());
    await nextFrame();
  }

  /** Puts one stage where it belongs, as it is now; `isFresh`: it is shown that it has changed. */
  put(stage: Stage, isFresh = false): void {
    this.#model.put(stage);
    if (isFresh) this.#fresh.add(stage.id);
    this.#soon();
    this.#look();
  }

  /** All rules of all stages are judged for whoever looks for what wants something done, and for nobody else. */
  #look(): void {
    if (this.#filters.now.status === trouble) this.#conflicts.soon();
  }

  drop(id: string): void {
    if (!this.#model.drop(id)) return;
    if (this.#chosen === id) this.#chosen = null;
    this.#soon();
  }

  /** The week's tab, as a click on it does. */
  showWeek(label: string): void {
    if (label === this.#week) return;
    this.#week = label;
    this.draw();
  }

  show(view: View): void {
    this.#view = view;
    localStorage.setItem(remembered, view);
    this.#dress();
    this.draw();
  }

  /** The stage whose pupils stand beside the week. */
  choose(id: string): void {
    this.#chosen = id;
    this.#showChosen();
  }

  /** Puts the focus on a stage, in the week where it is. */
  focus(id: string): void {
    const stage = this.#model.stages.get(id);
    if (!stage) return;
    this.#now();
    if (this.#view === 'table') {
      const row = this.twin.row(id);
      if (row) this.twin.keepOneStop(row);
      row?.querySelector('button')?.focus();
      return;
    }
    this.showWeek(stage.week);
    this.choose(id);
    const [block] = this.grid.blocks(id);
    block?.focus();
  }

  /** Shows for a moment where a move was refused. */
  refuse(id: string): void {
    this.#now();
    for (const each of this.#shownOf(id)) {
      each.classList.remove('bounced');
      // Read, so that the animation begins anew.
      void each.offsetWidth;
      each.classList.add('bounced');
    }
  }

  focusOnWishes(): void {
    if (this.#view === 'table') this.twin.root.querySelector<HTMLElement>('[data-wish] button')?.focus();
    else this.tray.focusOnWishes();
  }

  /** Everything that is due, at once. */
  #now(): void {
    if (this.#isDue) this.draw();
  }

  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#now());
  }

  draw(): void {
    this.#isDue = false;
    const filter = this.#filters.now;
    const shown = [...this.#model.stages.values()].filter((stage) => this.#model.shows(stage, filter, this.#words));
    const wishes = this.#model.unplaced(filter);
    for (const tab of this.#tabs) {
      const n = shown.filter((stage) => stage.week === tab.dataset.week).length;
      one('small', tab).textContent = `${n} ${n === 1 ? 'stage' : 'stages'}`;
      tab.setAttribute('aria-pressed', String(tab.dataset.week === this.#week));
    }
    this.#filters.count();
    if (this.#view === 'table') this.twin.draw(shown, wishes);
    else {
      this.grid.draw(this.#week);
      this.tray.drawWishes(wishes);
      this.#showChosen();
    }
    for (const id of this.#fresh) for (const each of this.#shownOf(id)) each.classList.add('fresh');
    this.#fresh.clear();
    this.onDrawn();
  }

  #shownOf(id: string): HTMLElement[] {
    const row = this.twin.row(id);
    return this.#view === 'table' ? (row ? [row] : []) : this.grid.blocks(id);
  }

  #showChosen(): void {
    this.tray.choose(this.#model.stages.get(this.#chosen ?? '') ?? null);
    for (const block of every('.block.chosen', this.grid.root)) block.classList.remove('chosen');
    if (this.#chosen) for (const block of this.grid.blocks(this.#chosen)) block.classList.add('chosen');
  }

  #dress(): void {
    for (const choice of every('[data-view]', this.#board)) choice.setAttribute('aria-pressed', String(choice.dataset.view === this.#view));
    one('[data-grid-view]', this.#board).hidden = this.#view === 'table';
    // The table has all weeks.
    one('[data-weeks]', this.#board).hidden = this.#view === 'table';
    this.twin.root.hidden = this.#view === 'grid';
  }
}
