// The panel of a stage does with one form what dragging does: for the keyboard, for fingers, for screen readers.
import { bullets, el } from '../dom';
import { textsOf } from './api';
import { type Entry, slotsOfWeek, stagesFor, teachersOf, weeks } from './choices';
import { button, type Dialog, Notes } from './dialog';
import { type Filled, fieldOf, filledFrom, gesturesOf, inWeek } from './form';
import { contentAfter, type Gesture } from './gestures';
import type { Moves, Verb } from './moves';
import type { Change } from './news';
import type { Board } from './parts';
import type { Conflict, Stage } from './wire';

/** A stage is given to whom the coordinators have accepted, and to nobody else. */
const teachers = 'limit=500&status=active&acceptance=accepted';

export class Panel {
  readonly #board: Board;
  readonly #moves: Moves;
  readonly #dialog: Dialog;
  #notes = new Notes();

  constructor(board: Board, moves: Moves, dialog: Dialog) {
    this.#board = board;
    this.#moves = moves;
    this.#dialog = dialog;
  }

  async open(id: string): Promise<void> {
    const { api, campaign, model, words } = this.#board;
    // What is decided here is decided about the stage as it stands now: when somebody changes it meanwhile, it is said.
    const stage = model.stages.get(id);
    if (!stage) return;
    if (model.offers.size === 0) await api.all(`/api/campaigns/${campaign}/offers?${teachers}`, model.offers);
    this.#notes = new Notes();
    const { say } = words;
    const state = [words.teacher(stage), words.status(stage), ...(stage.pinned ? [say('épinglé', 'pinned')] : [])];
    this.#dialog.open(
      `${words.title(stage)}, ${say('semaine', 'week')} ${stage.week}`,
      this.#thenBack(id, async () => {}),
      el('p', {}, state.join(' · ')),
      this.#actions(stage),
      this.#form(stage),
      ...this.#rejection(stage),
    );
    this.#dialog.stage = id;
  }

  /** Somebody has changed the stage that is open. */
  tell({ stage, who, texts }: Change): void {
    if (this.#dialog.stage !== stage) return;
    const { words } = this.#board;
    const what = words.hasChanged(who);
    this.#notes.show('warn', words.say(`${what} : ${texts.join(' ; ')}.`, `${what}: ${texts.join('; ')}.`));
  }

  /** All menus, one button for all of them, and each conflict beside the menu that it is about. */
  #form(stage: Stage): HTMLElement {
    const { words } = this.#board;
    const { say } = words;
    let filled = filledFrom(stage);
    const fields = new Map<string, Field>();
    const field = (key: string, label: string, entries: Entry[], chosen: string, choose: (value: string) => void) => {
      const made = new Field(`${key}`, label, entries, chosen, (value) => {
        choose(value);
        void judge();
      });
      fields.set(key, made);
      return made.element;
    };
    const week = field('week', say('Semaine', 'Week'), weeks(this.#board), stage.week, (value) => {
      filled = inWeek(filled, value, this.#board.model.plan);
      for (const [id, { date, start }] of filled.modules)
        fields.get(`module ${id}`)?.fill(slotsOfWeek(value, this.#board), `${date} ${start}`);
    });
    const sessions = stage.modules.map((module, i) =>
      field(
        `module ${module.id}`,
        `${say('Séance', 'Session')} ${i + 1}`,
        slotsOfWeek(stage.week, this.#board),
        `${module.date} ${module.start}`,
        (value) => {
          const [date = '', start = ''] = value.split(' ');
          filled.modules.set(module.id, { date, start });
        },
      ),
    );
    const teacher = field('teacher', say('Enseignant', 'Teacher'), teachersOf(stage, this.#board), stage.teacherOfferId, (value) => {
      filled.teacher = value;
    });
    const pupils = stage.pupils.map(({ enrolmentId: pupil, level }) =>
      field(`pupil ${pupil}`, words.pupil(pupil), stagesFor(stage, level, this.#board), '', (value) => {
        filled.pupils.set(pupil, value);
      }),
    );
    const apply = el('button', { class: 'button', type: 'submit', disabled: true }, say('Appliquer', 'Apply'));
    const form = el(
      'form',
      { class: 'panel-form' },
      el('h3', {}, say('Quand et avec qui', 'When and with whom')),
      el('div', { class: 'panel-fields' }, week, teacher, ...sessions),
      el('h3', {}, say('Élèves', 'Pupils')),
      el('div', { class: 'panel-fields' }, ...pupils),
      el('div', { class: 'panel-foot' }, this.#notes.element, apply),
    );
    let isPossible = false;
    const judge = async () => {
      const asked = filled;
      const gestures = gesturesOf(filled, stage, this.#board.model.plan);
      const mine = JSON.stringify(gestures);
      apply.disabled = true;
      isPossible = false;
      const verdicts = await Promise.all(gestures.map((gesture) => this.#preview(gesture)));
      // Something else has been chosen meanwhile.
      if (mine !== JSON.stringify(gesturesOf(filled, stage, this.#board.model.plan))) return;
      apply.disabled = gestures.length === 0;
      isPossible = verdicts.every((conflicts) => conflicts.length === 0);
      this.#show(gestures, verdicts, asked, stage, fields);
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!isPossible) {
        [...fields.values()].find((each) => each.isRefused)?.focus();
        return;
      }
      const gestures = gesturesOf(filled, stage, this.#board.model.plan);
      const isFirstMine = gestures[0]?.stage === stage.id;
      void this.#thenBack(stage.id, () => this.#moves.commitAll(gestures, isFirstMine ? stage : undefined))();
    });
    return form;
  }

  async #preview(gesture: Gesture): Promise<Conflict[]> {
    const { api, model } = this.#board;
    const stage = model.stages.get(gesture.stage);
    if (!stage) return [];
    const { possible, conflicts } = await api.preview(stage.id, contentAfter(gesture, stage, model.plan));
    return possible ? [] : conflicts;
  }

  #show(gestures: Gesture[], verdicts: Conflict[][], filled: Filled, stage: Stage, fields: Map<string, Field>): void {
    const { model, words } = this.#board;
    const { say } = words;
    const beside = new Map<string, string[]>();
    const above: string[] = [];
    for (const [i, gesture] of gestures.entries())
      for (const conflict of verdicts[i] ?? []) {
        const field = fieldOf(conflict, gesture, filled, stage, model.plan);
        const pupil = conflict.enrolmentId && field !== `pupil ${conflict.enrolmentId}` ? `${words.pupil(conflict.enrolmentId)} – ` : '';
        const text = pupil + (textsOf([conflict])[0] ?? '');
        if (field && fields.has(field)) beside.set(field, [...(beside.get(field) ?? []), text]);
        else above.push(text);
      }
    for (const [key, field] of fields) field.refuse(beside.get(key) ?? []);
    const n = verdicts.flat().length;
    if (gestures.length === 0) this.#notes.clear();
    else if (n === 0) this.#notes.show('done', say('Possible : appliquez.', 'Possible: apply.'));
    else
      this.#notes.show(
        'bad',
        beside.size > 0
          ? say(
              'Ce serait refusé : la raison est à côté de chaque choix en rouge.',
              'This would be refused: the reason is beside each choice in red.',
            )
          : say('Ce serait refusé :', 'This would be refused:'),
        bullets(above),
      );
  }

  #actions(stage: Stage): HTMLElement {
    const { campaign, words } = this.#board;
    const { say } = words;
    const page = el('a', { href: `/coordination/${campaign}/stages/${stage.id}` }, say('Page du stage', 'Page of the stage'));
    return el(
      'p',
      { class: 'actions' },
      stage.status === 'draft' ? button(say('Valider', 'Approve'), this.#act(stage, 'approve'), '') : null,
      stage.pinned
        ? button(say('Désépingler', 'Unpin'), this.#act(stage, 'unpin'))
        : button(say('Épingler', 'Pin'), this.#act(stage, 'pin')),
      page,
    );
  }

  #rejection(stage: Stage): HTMLElement[] {
    const { say } = this.#board.words;
    const reason = el('textarea', { rows: '2', id: 'reason', maxlength: '1000' });
    const reject = button(
      say('Rejeter', 'Reject'),
      this.#act(stage, 'reject', () => ({ reason: reason.value })),
      'bad',
    );
    return [
      el(
        'details',
        { class: 'panel-reject' },
        el('summary', {}, say('Renoncer à ce stage', 'Give this stage up')),
        el('label', { for: 'reason' }, say('Motif', 'Reason')),
        reason,
        el('p', { class: 'actions' }, reject),
      ),
    ];
  }

  #act(stage: Stage, verb: Verb, body: () => object = () => ({})): () => void {
    return this.#thenBack(stage.id, () => this.#moves.act(stage.id, verb, body(), stage));
  }

  /** Closes, carries out, and gives the focus back to the stage. */
  #thenBack(id: string, run: () => Promise<unknown>): () => Promise<void> {
    return async () => {
      this.#dialog.close();
      await run();
      this.#board.views.focus(id);
    };
  }
}

let named = 0;

/** A menu with its label, and what stands against its choice. */
class Field {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #against: HTMLElement;

  constructor(key: string, label: string, entries: Entry[], chosen: string, choose: (value: string) => void) {
    named += 1;
    const id = `choice-${named}`;
    this.#against = el('div', { class: 'error', id: `${id}-against` });
    this.#select = el('select', { id, 'aria-describedby': `${id}-against` });
    this.fill(entries, chosen);
    this.#select.addEventListener('change', () => choose(this.#select.value));
    this.element = el('div', { class: 'field', 'data-field': key }, el('label', { for: id }, label), this.#select, this.#against);
  }

  get isRefused(): boolean {
    return this.#select.getAttribute('aria-invalid') === 'true';
  }

  fill(entries: Entry[], chosen: string): void {
    this.#select.replaceChildren(...entries.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  }

  refuse(texts: string[]): void {
    this.element.classList.toggle('refused', texts.length > 0);
    if (texts.length > 0) this.#select.setAttribute('aria-invalid', 'true');
    else this.#select.removeAttribute('aria-invalid');
    this.#against.replaceChildren(...texts.map((text) => el('p', {}, text)));
  }

  focus(): void {
    this.#select.focus();
  }
}
