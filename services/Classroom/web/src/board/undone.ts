// What was taken back with "undo" and may come again, sheet by sheet: until something new is drawn there, or the sheet is wiped.
import type { Mark } from '../contract';
import { covers } from './marks';

const most = 50;

export class Undone {
  #marks = new Map<string, Mark[]>();

  add(sheet: string, mark: Mark): void {
    this.#marks.set(sheet, [...(this.#marks.get(sheet) ?? []), mark].slice(-most));
  }

  has(sheet: string): boolean {
    return !!this.#marks.get(sheet)?.length;
  }

  /** The last one, under a name of its own: the one it had is gone for good. */
  take(sheet: string, id: string): Mark | undefined {
    const last = this.#marks.get(sheet)?.pop();
    return last && { ...last, id };
  }

  /** @param which a sheet, or all whose names begin so */
  forget(which: string): void {
    for (const sheet of this.#marks.keys()) if (covers(which, sheet)) this.#marks.delete(sheet);
  }
}
