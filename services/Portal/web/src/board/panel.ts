// The panel of a stage does with menus and buttons what dragging does: for the keyboard, for fingers, for screen readers.
import { el } from '../dom';
import { type Choice, choiceOf } from './choice';
import { pupilsOf, sessionsOf, teacherOf, weekOf } from './choices';
import { button, type Dialog, Notes } from './dialog';
import type { Moves, Verb } from './moves';
import type { Change } from './news';
import type { Board } from './parts';
import type { Stage } from './wire';

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
    const menu = (choice: Choice) => this.#menu(choice, stage);
    this.#dialog.open(
      `${words.title(stage)}, ${say('semaine', 'week')} ${stage.week}`,
      this.#thenBack(id, async () => {}),
      el('p', {}, state.join(' · ')),
      this.#notes.element,
      this.#actions(stage),
      el('h3', {}, say('Séances', 'Sessions')),
      ...[...sessionsOf(stage, this.#board), weekOf(stage, this.#board), teacherOf(stage, this.#board)].map(menu),
      el('h3', {}, say('Élèves', 'Pupils')),
      ...pupilsOf(stage, this.#board).map(menu),
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
      el('h3', {}, say('Renoncer à ce stage', 'Give this stage up')),
      el('label', { for: 'reason' }, say('Motif', 'Reason')),
      reason,
      el('p', { class: 'actions' }, reject),
    ];
  }

  #menu(choice: Choice, stage: Stage): HTMLElement {
    return choiceOf(this.#board, this.#notes, choice, (gesture) =>
      this.#thenBack(stage.id, () => this.#moves.commit(gesture, gesture.stage === stage.id ? stage : undefined))(),
    );
  }

  #act(stage: Stage, verb: Verb, body: () => object = () => ({})): () => void {
    return this.#thenBack(stage.id, () => this.#moves.act(stage.id, verb, body(), stage));
  }

  /** Closes, carries out, and gives the focus back to the card. */
  #thenBack(id: string, run: () => Promise<unknown>): () => Promise<void> {
    return async () => {
      this.#dialog.close();
      await run();
      this.#board.columns.card(id)?.focus();
    };
  }
}
