// The week that is shown: days beside each other, the time of day downwards, each session of each stage a block at its hour.
import { el, one } from '../dom';
import { blockOf, keepOneStop } from './blocks';
import { type Density, densityOf, type Hour, hoursOf, mostAtOnce, type Session, slotKey, slotsOf } from './layout';
import type { Model } from './model';
import type { Day, Stage } from './wire';
import type { Words } from './words';

export class WeekGrid {
  readonly root: HTMLElement;
  readonly #model: Model;
  readonly #words: Words;
  readonly #shows: (stage: Stage) => boolean;
  readonly #cells = new Map<string, HTMLElement>();
  /** What each slot shows: one that would show the same is left as it is. */
  readonly #shown = new Map<string, string>();
  /** Slots of which all sessions are shown. */
  readonly #whole = new Set<string>();
  #drawn = '';
  #frame = '';

  constructor(board: HTMLElement, model: Model, words: Words, shows: (stage: Stage) => boolean) {
    this.root = one('[data-week-grid]', board);
    this.#model = model;
    this.#words = words;
    this.#shows = shows;
    this.root.addEventListener('click', (event) => {
      const more = (event.target as Element).closest<HTMLElement>('[data-more]');
      if (!more) return;
      this.#whole.add(more.dataset.more ?? '');
      this.draw(this.#drawn);
    });
  }

  blocks(id: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(`[data-id="${id}"]`)];
  }

  slot(key: string): HTMLElement | undefined {
    return this.#cells.get(key);
  }

  /** The blocks day by day and hour by hour, for whoever goes from one to another. */
  matrix(): HTMLElement[][][] {
    const days = this.#model.week(this.#drawn)?.days ?? [];
    const hours = this.#hours();
    const inCell = (day: Day, { start }: Hour) => [
      ...(this.#cells.get(slotKey(day.date, start))?.querySelectorAll<HTMLElement>('.block') ?? []),
    ];
    return days.map((day) => hours.map((hour) => inCell(day, hour)));
  }

  draw(label: string): void {
    const week = this.#model.week(label);
    if (!week) return;
    const hadFocus = this.root.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset : null;
    const hours = this.#hours();
    const sessions = slotsOf(
      [...this.#model.stages.values()].filter((stage) => stage.week === label && this.#shows(stage)),
      this.#model.order,
    );
    const frame = `${label} ${hours.map((hour) => hour.start).join()}`;
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#drawn = label;
      this.#cells.clear();
      this.#shown.clear();
      this.root.replaceChildren(
        ...hours.map((hour, i) => this.#place(this.#axis(hour), 1, i + 2)),
        ...week.days.map((day, i) => this.#day(day, i + 2, hours)),
      );
    }
    for (const [key, slot] of this.#cells) this.#fill(slot, key, sessions.get(key) ?? []);
    this.root.dataset.density = densityOf(sessions) satisfies Density;
    keepOneStop([...this.root.querySelectorAll<HTMLElement>('.block')]);
    if (hadFocus?.module && !this.root.contains(document.activeElement)) this.#focus(hadFocus.module);
  }

  /** In the grid of the page, which a style sheet cannot know: how many hours there are. */
  #place(element: HTMLElement, column: number, row: number): HTMLElement {
    element.style.gridColumn = String(column);
    element.style.gridRow = String(row);
    return element;
  }

  #hours(): Hour[] {
    return hoursOf(this.#model.stages.values(), this.#model.plan);
  }

  #axis({ start, end, isAfterBreak }: Hour): HTMLElement {
    const words = this.#words;
    return el(
      'div',
      { class: `hour${isAfterBreak ? ' after-break' : ''}`, 'aria-hidden': 'true' },
      el('strong', {}, words.hour(start)),
      el('span', {}, words.hour(end)),
    );
  }

  #day(day: Day, column: number, hours: Hour[]): HTMLElement {
    const heading = this.#place(
      el('h2', {}, day.name, day.closed ? el('small', {}, ` ${this.#words.say('fermé', 'closed')}`) : null),
      column,
      1,
    );
    const slots = hours.map((hour, i) => this.#place(this.#slot(day, hour), column, i + 2));
    return el('section', { class: `day${day.closed ? ' closed' : ''}`, 'aria-label': day.name }, heading, ...slots);
  }

  #slot(day: Day, { start, end, isAfterBreak }: Hour): HTMLElement {
    const hour = (time: string) => this.#words.hour(time);
    const slot = el(
      'div',
      {
        class: `slot${isAfterBreak ? ' after-break' : ''}`,
        role: 'group',
        'aria-label': `${day.name}, ${hour(start)}`,
        'data-date': day.date,
        'data-start': start,
      },
      el('p', { class: 'slot-hour', 'aria-hidden': 'true' }, `${hour(start)} – ${hour(end)}`),
      el('p', { class: 'slot-verdict' }, el('span', { class: 'verdict' })),
    );
    this.#cells.set(slotKey(day.date, start), slot);
    return slot;
  }

  #fill(slot: HTMLElement, key: string, sessions: Session[]): void {
    const { say } = this.#words;
    const isWhole = this.#whole.has(key) || sessions.length <= mostAtOnce;
    const some = isWhole ? sessions : sessions.slice(0, mostAtOnce);
    const left = sessions.length - some.length;
    const shows = `${left} ${some.map(({ stage, module }) => `${module.id} ${stage.version} ${this.#model.isTrouble(stage)}`).join()}`;
    if (this.#shown.get(key) === shows) return;
    this.#shown.set(key, shows);
    slot.classList.toggle('free', some.length === 0);
    for (const old of [...slot.children]) if (old.matches('.block, [data-more]')) old.remove();
    const blocks = some.map((session) => blockOf(session, this.#model.isTrouble(session.stage), this.#words));
    const more = el('button', { type: 'button', class: 'link', 'data-more': key }, say(`et ${left} autres`, `and ${left} more`));
    slot.append(...blocks, ...(left > 0 ? [more] : []));
  }

  #focus(module: string): void {
    this.root.querySelector<HTMLElement>(`[data-module="${module}"]`)?.focus({ preventScroll: true });
  }
}
