// The same as two tables, for the keyboard and for screen readers: a row for each stage, one for each wish without a place, and the same
// commands as buttons.
import { el, one } from '../dom';
import type { Model, Wish } from './model';
import type { Stage } from './wire';
import { fullName, type Words } from './words';

/** Rows that are drawn before somebody asks for all of them. */
const mostRows = 200;

export class Twin {
  readonly root: HTMLElement;
  readonly #model: Model;
  readonly #words: Words;
  #isWhole = false;
  #last: [Stage[], Wish[]] = [[], []];

  constructor(board: HTMLElement, model: Model, words: Words) {
    this.root = one('[data-twin]', board);
    this.#model = model;
    this.#words = words;
    this.root.addEventListener('click', (event) => {
      if (!(event.target as Element).closest('[data-all-rows]')) return;
      this.#isWhole = true;
      this.draw(...this.#last);
      this.rows()[mostRows]?.querySelector('button')?.focus();
    });
  }

  rows(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('tbody tr')];
  }

  row(id: string): HTMLElement | null {
    return this.root.querySelector(`tr[data-id="${id}"]`);
  }

  draw(stages: Stage[], wishes: Wish[]): void {
    const { say } = this.#words;
    this.#last = [stages, wishes];
    const hadFocus = this.root.contains(document.activeElement) ? focusedOf(document.activeElement as HTMLElement) : null;
    const weeks = this.#model.plan.weeks.map((week) => week.label);
    const sorted = [...stages].sort((a, b) => weeks.indexOf(a.week) - weeks.indexOf(b.week) || this.#model.order(a, b));
    const most = this.#isWhole ? Number.POSITIVE_INFINITY : mostRows;
    const left = Math.max(0, sorted.length - most) + Math.max(0, wishes.length - most);
    this.root.replaceChildren(
      table(
        say('Stages de la campagne', 'Stages of the campaign'),
        [
          'Stage',
          say('Semaine', 'Week'),
          say('Enseignant', 'Teacher'),
          say('Séances', 'Sessions'),
          say('Élèves', 'Pupils'),
          say('État', 'State'),
          'Actions',
        ],
        sorted.slice(0, most).map((stage) => this.#stage(stage)),
        this.#words,
      ),
      table(
        say('Vœux sans place', 'Wishes without a place'),
        [say('Élève', 'Pupil'), say('Matière', 'Subject'), say('Niveau', 'Level'), 'Actions'],
        wishes.slice(0, most).map((wish) => this.#wish(wish)),
        this.#words,
      ),
      left > 0
        ? el(
            'p',
            {},
            el('button', { type: 'button', class: 'button quiet', 'data-all-rows': true }, say(`Les ${left} autres`, `The other ${left}`)),
          )
        : '',
    );
    this.keepOneStop();
    if (hadFocus) (this.root.querySelector<HTMLElement>(hadFocus) ?? this.root.querySelector<HTMLElement>('[tabindex="0"]'))?.focus();
  }

  /** Tab comes to the buttons of one row; arrows go from row to row. */
  keepOneStop(current?: HTMLElement): void {
    const rows = this.rows();
    const here = current ?? rows.find((row) => row.contains(document.activeElement)) ?? rows[0];
    for (const row of rows) for (const button of row.querySelectorAll('button')) button.tabIndex = row === here ? 0 : -1;
  }

  #stage(stage: Stage): HTMLElement {
    const { say } = this.#words;
    const title = this.#words.title(stage);
    const troubles = this.#model.troubles(stage, this.#words);
    const button = (verb: string, text: string) =>
      el(
        'button',
        { type: 'button', class: 'link', 'data-do': verb, 'data-stage': stage.id },
        text,
        el('span', { class: 'away' }, ` ${title}`),
      );
    return el(
      'tr',
      { 'data-id': stage.id },
      el('th', { scope: 'row' }, el('button', { type: 'button', class: 'link', 'data-do': 'open', 'data-stage': stage.id }, title)),
      el('td', {}, stage.week),
      el('td', {}, this.#words.teacher(stage)),
      el('td', {}, el('ul', {}, ...stage.modules.map((module) => el('li', {}, this.#words.when(stage, module))))),
      el(
        'td',
        {},
        `${this.#words.filling(stage)} – `,
        stage.pupils.map(({ enrolmentId }) => this.#words.pupil(enrolmentId)).join(', ') || say('personne', 'nobody'),
      ),
      el(
        'td',
        {},
        [this.#words.status(stage), ...(stage.pinned ? [say('épinglé', 'pinned')] : [])].join(', '),
        troubles.length > 0 ? el('span', { class: 'trouble' }, ` – ${troubles.join(' ; ')}`) : null,
      ),
      el(
        'td',
        { class: 'row-actions' },
        button('pin', stage.pinned ? say('Désépingler', 'Unpin') : say('Épingler', 'Pin')),
        stage.status === 'draft' ? button('approve', say('Valider', 'Approve')) : null,
      ),
    );
  }

  #wish({ pupil, subject }: Wish): HTMLElement {
    const { say } = this.#words;
    const name = fullName(pupil);
    const find = el(
      'button',
      { type: 'button', class: 'link', 'data-do': 'find', 'data-pupil': pupil.id, 'data-subject': subject },
      say('Trouver une place', 'Find a place'),
      el('span', { class: 'away' }, ` ${name}, ${this.#words.subject(subject)}`),
    );
    return el(
      'tr',
      { 'data-wish': `${pupil.id}/${subject}` },
      el('th', { scope: 'row' }, name),
      el('td', {}, this.#words.subject(subject)),
      el('td', {}, pupil.level),
      el('td', {}, find),
    );
  }
}

/** How the element that has the focus is found again after a redraw. */
function focusedOf({ dataset }: HTMLElement): string | null {
  if (!dataset.do) return null;
  const of = dataset.stage ? `[data-stage="${dataset.stage}"]` : `[data-pupil="${dataset.pupil}"][data-subject="${dataset.subject}"]`;
  return `[data-do="${dataset.do}"]${of}`;
}

function table(caption: string, heads: string[], rows: HTMLElement[], { say }: Words): HTMLElement {
  const head = el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)));
  const none = el('tr', {}, el('td', { colspan: heads.length }, say('Rien ici.', 'Nothing here.')));
  return el(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el(
      'table',
      { class: 'list' },
      el('caption', {}, `${caption} (${rows.length})`),
      el('thead', {}, head),
      el('tbody', {}, ...(rows.length > 0 ? rows : [none])),
    ),
  );
}
