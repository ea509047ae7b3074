// What one did oneself, sheet by sheet, and took back: it comes again until something new is done there, or the sheet is wiped.
import type { Mark } from '../contract';
import { covers } from './marks';
import { isAt, type Place } from './places';

const most = 50;

/** Something was drawn, or what stood was moved. */
export type Act = { drew: Mark } | { id: string; from: Place; to: Place };

type Find = (id: string) => Mark | undefined;

export class Undone {
  #done = new Map<string, Act[]>();
  #undone = new Map<string, Act[]>();
  #find: Find;

  /** @param find what stands under a name */
  constructor(find: Find) {
    this.#find = find;
  }

  did(sheet: string, act: Act): void {
    this.#undone.delete(sheet);
    push(this.#done, sheet, act);
  }

  mayUndo(sheet: string): boolean {
    return !!this.#done.get(sheet)?.some((act) => this.#stands(act));
  }

  mayRedo(sheet: string): boolean {
    return !!this.#undone.get(sheet)?.some((act) => this.#comes(act));
  }

  /** The last that still is as one left it: what somebody else moved or rubbed out since is theirs. */
  undo(sheet: string): Act | undefined {
    const act = last(this.#done.get(sheet), (one) => this.#stands(one));
    if (!act) return undefined;
    // As it stands now, should it have been moved.
    const now = 'drew' in act ? { drew: markOf(this.#find(act.drew.id) ?? act.drew) } : act;
    push(this.#undone, sheet, now);
    return now;
  }

  /** @param id what is drawn again has a name of its own: the one it had is gone for good. */
  redo(sheet: string, id: string): Act | undefined {
    const undone = this.#undone.get(sheet);
    let act = last(undone, (one) => this.#comes(one));
    if (!act) return undefined;
    if ('drew' in act) {
      const before = act.drew.id;
      for (const [i, one] of (undone ?? []).entries()) if ('id' in one && one.id === before) undone?.splice(i, 1, { ...one, id });
      act = { drew: { ...act.drew, id } };
    }
    push(this.#done, sheet, act);
    return act;
  }

  /** @param which a sheet, or all whose names begin so */
  forget(which: string): void {
    for (const acts of [this.#done, this.#undone]) for (const sheet of acts.keys()) if (covers(which, sheet)) acts.delete(sheet);
  }

  #stands(act: Act): boolean {
    return 'drew' in act ? !!this.#find(act.drew.id) : isAt(this.#find(act.id), act.to);
  }

  #comes(act: Act): boolean {
    return 'drew' in act || isAt(this.#find(act.id), act.from);
  }
}

const markOf = ({ id, points, colour, width, kind, text, picture }: Mark): Mark => ({ id, points, colour, width, kind, text, picture });

function push(acts: Map<string, Act[]>, sheet: string, act: Act): void {
  acts.set(sheet, [...(acts.get(sheet) ?? []), act].slice(-most));
}

/** What is no longer so goes with it. */
function last(acts: Act[] | undefined, is: (act: Act) => boolean): Act | undefined {
  for (let act = acts?.pop(); act; act = acts?.pop()) if (is(act)) return act;
  return undefined;
}
