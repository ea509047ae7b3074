// Changes go to the API with the version of the stage that the coordinator looked at: of two coordinators one wins, and the other
// sees what happened and can do the move again.
import { el, nextFrame, one } from '../dom';
import { Turns } from '../turns';
import type { Answer } from './api';
import { textsOf } from './api';
import { back, contentAfter, done, type Gesture } from './gestures';
import type { Board } from './parts';
import type { Stage } from './wire';

export type Verb = 'pin' | 'unpin' | 'approve' | 'reject';

/** What takes a change back: gestures, the last one first, or a pin. */
type Step = { gestures: Gesture[] } | { stage: string; verb: 'pin' | 'unpin' };

const mostSteps = 100;

export class Moves {
  readonly #board: Board;
  readonly #undoButton: HTMLButtonElement;
  readonly #steps: Step[] = [];
  readonly #turns = new Turns();

  constructor(board: Board) {
    this.#board = board;
    this.#undoButton = one('[data-undo]', board.root);
    this.#undoButton.addEventListener('click', () => this.undo());
  }

  /** Carries a gesture out on the stage as the coordinator saw it (`seen`). */
  commit(gesture: Gesture, seen?: Stage): Promise<boolean> {
    return this.commitAll([gesture], seen);
  }

  /** One after another until one is refused; they are undone together. `seen`: of the first one's stage. */
  commitAll(gestures: Gesture[], seen?: Stage): Promise<boolean> {
    return this.#turns.take(async () => {
      const undone: Gesture[] = [];
      let isDone = true;
      for (const [i, gesture] of gestures.entries()) {
        const before = (i === 0 ? seen : undefined) ?? this.#board.model.stages.get(gesture.stage);
        isDone = await this.#commit(gesture, before);
        if (!isDone) break;
        const step = before && back(gesture, before);
        if (step) undone.unshift(step);
      }
      if (undone.length > 0) this.#remember({ gestures: undone });
      return isDone;
    });
  }

  /** Anything else that one does to a stage. */
  act(id: string, verb: Verb, body: object = {}, seen?: Stage): Promise<boolean> {
    return this.#turns.take(() => this.#act(id, verb, body, seen));
  }

  /** Pinned or not: the other one of the two. */
  togglePin(id: string): Promise<boolean> {
    return this.#turns.take(() => this.#act(id, this.#board.model.stages.get(id)?.pinned ? 'unpin' : 'pin'));
  }

  undo(): Promise<void> {
    return this.#turns.take(() => this.#undo());
  }

  async #commit(gesture: Gesture, seen = this.#board.model.stages.get(gesture.stage), isUndoing = false): Promise<boolean> {
    if (!seen) return false;
    const { api, views, line, model, root, words } = this.#board;
    const began = performance.now();
    const content = contentAfter(gesture, seen, model.plan);
    const answer = await api.change<Stage>('PUT', `/api/stages/${gesture.stage}`, content, seen.version);
    if (answer.ok) {
      for (const stage of [answer.value, ...(answer.value.alsoChanged ?? [])]) views.put(stage);
      line.tell(isUndoing ? words.say('Geste annulé.', 'Move undone.') : done(gesture, seen, words));
    } else if (answer.status === 412)
      await this.#overtaken(seen, gesture, (now) => (isUndoing ? this.#again(gesture, now) : this.commit(gesture, now)));
    else this.#refused(gesture.stage, answer);
    await nextFrame();
    root.dataset.answeredIn = String(Math.round(performance.now() - began));
    return answer.ok;
  }

  async #act(id: string, verb: Verb, body: object = {}, seen = this.#board.model.stages.get(id), isUndoing = false): Promise<boolean> {
    if (!seen) return false;
    const { api, views, line, words } = this.#board;
    const answer = await api.change<Stage>('POST', `/api/stages/${id}/${verb}`, body, seen.version);
    if (answer.ok) {
      if (verb === 'reject') views.drop(id);
      else views.put(answer.value);
      line.tell(words.say('C’est fait.', 'Done.'));
      if (!isUndoing && (verb === 'pin' || verb === 'unpin')) this.#remember({ stage: id, verb: verb === 'pin' ? 'unpin' : 'pin' });
    } else if (answer.status === 412)
      await this.#overtaken(seen, null, (now) => this.#turns.take(() => this.#act(id, verb, body, now, isUndoing)));
    else line.tell(answer.problem.detail ?? '', textsOf(answer.problem.conflicts), true);
    return answer.ok;
  }

  /** Undoing is a move as any other: when it is not possible any more, it is said why, and what is left stays to be tried again. */
  async #undo(): Promise<void> {
    const last = this.#steps.pop();
    if (!last) return;
    this.#undoButton.disabled = this.#steps.length === 0;
    if ('verb' in last) {
      const isDone = await this.#act(last.stage, last.verb, {}, undefined, true);
      if (!isDone && this.#board.model.stages.has(last.stage)) this.#remember(last);
      return;
    }
    const left = [...last.gestures];
    while (left[0] && (await this.#commit(left[0], undefined, true))) left.shift();
    if (left[0] && this.#board.model.stages.has(left[0].stage)) this.#remember({ gestures: left });
  }

  #again(gesture: Gesture, now: Stage): Promise<boolean> {
    return this.#turns.take(() => this.#commit(gesture, now, true));
  }

  /** The stage as it is now. */
  async refresh(id: string, isFresh = false): Promise<void> {
    const { api, views, model } = this.#board;
    const answer = await api.get<Stage>(`/api/stages/${id}`);
    if (answer.ok && model.plan.live.includes(answer.value.status)) views.put(answer.value, isFresh);
    else if (answer.ok || answer.status === 404) views.drop(id);
  }

  #refused(stage: string, answer: Answer<unknown> & { ok: false }): void {
    const { views, line, words } = this.#board;
    views.refuse(stage);
    const text = answer.status === 409 ? words.say('Ce geste n’est pas possible :', 'This move is not possible:') : answer.problem.detail;
    line.tell(text ?? '', textsOf(answer.problem.conflicts), true);
  }

  /** Somebody was faster: nothing of theirs is lost, and neither is the move; it is shown what happened, and one may do it again. */
  async #overtaken(seen: Stage, gesture: Gesture | null, again: (now: Stage) => Promise<boolean>): Promise<void> {
    const { api, views, line, model, words } = this.#board;
    const { say } = words;
    await this.refresh(seen.id, true);
    const now = model.stages.get(seen.id);
    const what = words.hasChanged(model.lastBy.get(seen.id) ?? say('Quelqu’un', 'Somebody'));
    if (!now) {
      const gone = say(
        'il n’est plus au planning. Votre geste n’a rien changé.',
        'it is no longer in the timetable. Your move has changed nothing.',
      );
      line.tell(say(`${what} : ${gone}`, `${what}: ${gone}`), [], true);
      return;
    }
    const conflicts = gesture ? await api.preview(now.id, contentAfter(gesture, now, model.plan)) : { possible: true, conflicts: [] };
    const redo = el('button', { type: 'button', class: 'button small', 'data-redo': true }, say('Refaire mon geste', 'Do my move again'));
    const leave = el('button', { type: 'button', class: 'button quiet small' }, say('Laisser ainsi', 'Leave it'));
    redo.addEventListener('click', () => again(now));
    leave.addEventListener('click', () => {
      line.tell('');
      views.focus(seen.id);
    });
    line.tell(
      `${what}. ${say('Votre geste attend : il n’a rien changé.', 'Your move waits: it has changed nothing.')}`,
      [
        ...words.differences(seen, now),
        ...textsOf(conflicts.conflicts).map((conflict) => say(`maintenant impossible : ${conflict}`, `no longer possible: ${conflict}`)),
      ],
      true,
      el('p', { class: 'actions' }, conflicts.possible ? redo : null, leave),
    );
  }

  #remember(step: Step): void {
    this.#steps.push(step);
    if (this.#steps.length > mostSteps) this.#steps.shift();
    this.#undoButton.disabled = false;
  }
}
