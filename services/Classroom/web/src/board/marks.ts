// All that is written in the class, sheet by sheet, as far as this page sees it. What one draws is here at once and takes its way to the
// others; what is refused goes again, what the network lost is sent once more.
import { Bus } from '../bus';
import type { Ink, Mark, Moved, Stroke } from '../contract';
import { spaced } from '../words/french';
import { drawnOf } from './formulas';
import { isWritten } from './paint';
import { isAt } from './places';

/** Which is a sheet, or all whose names begin with it. */
export const covers = (which: string, sheet: string): boolean => which === sheet || (which.endsWith('/') && sheet.startsWith(which));

export interface Wet extends Omit<Ink, 'from'> {
  at: number;
}

/** A line of which nothing more comes has been lost on its way. */
const inkLasts = 4000;
export const laserLasts = 1500;

interface Told {
  /** One more on its sheet. */
  added: Stroke;
  /** Something is gone from it, or all is new. */
  changed: string;
  wet: Ink;
}

export class Marks extends Bus<Told> {
  #sheets = new Map<string, Map<string, Stroke>>();
  /** Where marks were moved to, which may be told before a sheet that was asked for has come. */
  #places = new Map<string, Moved>();
  #wet = new Map<string, Wet>();
  #gone: Set<string> | null = null;

  of(sheet: string | null): Stroke[] {
    return [...(this.#sheets.get(sheet ?? '')?.values() ?? [])];
  }

  get count(): number {
    let sum = 0;
    for (const one of this.#sheets.values()) sum += one.size;
    return sum;
  }

  /** What stands instead of all that was here. */
  set(strokes: Stroke[]): void {
    const before = [...this.#sheets.keys()];
    this.#sheets.clear();
    this.#places.clear();
    for (const s of strokes) this.#of(s.sheet).set(s.id, s);
    for (const sheet of new Set([...before, ...this.#sheets.keys()])) this.tell('changed', sheet);
  }

  add(stroke: Stroke): void {
    const ink = this.#wet.get(stroke.by);
    if (ink?.stroke === stroke.id) this.#wet.delete(stroke.by);
    const sheet = this.#of(stroke.sheet);
    if (sheet.has(stroke.id)) return;
    sheet.set(stroke.id, stroke);
    this.tell('added', stroke);
  }

  /** @param back to where it was: the service did not take it */
  moved(to: Moved, back = false): void {
    if (to.mover) this.#wet.delete(to.mover);
    if (back) this.#places.delete(to.id);
    else this.#places.set(to.id, later(to, this.#places.get(to.id)));
    const stroke = this.find(to.id);
    if (!stroke || (!back && to.moved < (stroke.moved ?? 0)) || (to.moved === stroke.moved && isAt(stroke, to))) return;
    // Under the same name, and as far up as it lay.
    this.#of(stroke.sheet).set(stroke.id, at(stroke, to));
    this.tell('changed', stroke.sheet);
  }

  find(id: string): Stroke | undefined {
    for (const one of this.#sheets.values()) if (one.has(id)) return one.get(id);
    return undefined;
  }

  erase(id: string): void {
    this.#gone?.add(id);
    const stroke = this.find(id);
    if (!stroke) return;
    this.#sheets.get(stroke.sheet)?.delete(id);
    this.tell('changed', stroke.sheet);
  }

  clear(which: string): void {
    for (const [sheet, strokes] of this.#sheets)
      if (covers(which, sheet)) {
        for (const id of strokes.keys()) this.#gone?.add(id);
        strokes.clear();
        this.tell('changed', sheet);
      }
    for (const [who, ink] of this.#wet) if (covers(which, ink.sheet)) this.#wet.delete(who);
  }

  /** A sheet that has come into sight: what came or went while it was asked for is later than the answer. */
  async read(sheet: string, ask: () => Promise<Stroke[] | null>): Promise<void> {
    this.#gone ??= new Set();
    const gone = this.#gone;
    const strokes = await ask();
    if (strokes === null) return;
    const here = this.#of(sheet);
    const came = new Map(here);
    here.clear();
    for (const s of strokes) if (!gone.has(s.id)) here.set(s.id, this.#latest(s));
    for (const [id, s] of came) if (!gone.has(id)) here.set(id, this.#latest(s));
    this.tell('changed', sheet);
  }

  wet(ink: Ink): void {
    const { participantId, stroke, sheet } = ink;
    if (stroke && this.#sheets.get(sheet)?.has(stroke)) return;
    const before = this.#wet.get(participantId);
    const goesOn = before?.stroke === stroke && before.sheet === sheet && ink.from > 0;
    const points = goesOn ? [...before.points, ...ink.points] : ink.points;
    // Where one points is where one points now: a short tail is enough.
    this.#wet.set(participantId, { ...ink, points: stroke ? points : points.slice(-90), at: Date.now() });
    this.tell('wet', ink);
  }

  /** What others draw just now. */
  wetOn(sheet: string | null): Wet[] {
    const now = Date.now();
    for (const [who, ink] of this.#wet) if (now - ink.at > (ink.stroke ? inkLasts : laserLasts)) this.#wet.delete(who);
    return [...this.#wet.values()].filter((ink) => ink.sheet === sheet);
  }

  #latest(stroke: Stroke): Stroke {
    const to = this.#places.get(stroke.id);
    return to && to.moved >= (stroke.moved ?? 0) ? at(stroke, to) : stroke;
  }

  #of(sheet: string): Map<string, Stroke> {
    const known = this.#sheets.get(sheet);
    if (known) return known;
    const made = new Map<string, Stroke>();
    this.#sheets.set(sheet, made);
    return made;
  }
}

const at = (stroke: Stroke, { points, width, moved }: Moved): Stroke => ({ ...stroke, points, width, moved });

const later = (one: Moved, other: Moved | undefined): Moved => (other && other.moved > one.moved ? other : one);

/** What is written there, in the order of reading. */
export const wordsOn = (strokes: Stroke[]): string[] =>
  strokes
    .filter((s) => isWritten(s) || (s.kind === 'image' && s.text))
    .sort((a, b) => Math.round(((a.points[1] ?? 0) - (b.points[1] ?? 0)) / 20) || (a.points[0] ?? 0) - (b.points[0] ?? 0))
    .map((s) => spaced(s.text ?? ''));

/** The eraser, or a finger, touches it. */
export function touches(mark: Mark, x: number, y: number): boolean {
  const { kind, points, width, text } = mark;
  const at = (i: number) => points[i] ?? 0;
  const formula = kind === 'formula' ? drawnOf(mark) : undefined;
  if (formula) return x >= at(0) && y >= at(1) && x <= at(0) + formula.w * width && y <= at(1) + formula.h * width;
  if (isWritten(mark))
    return x >= at(0) - 10 && y >= at(1) - 10 && y <= at(1) + width * 1.3 && x <= at(0) + (text ?? '').length * width * 0.6;
  if (kind === 'image')
    return x >= Math.min(at(0), at(3)) && x <= Math.max(at(0), at(3)) && y >= Math.min(at(1), at(4)) && y <= Math.max(at(1), at(4));
  if (kind === 'box' || kind === 'oval') {
    const inside = (by: number) =>
      x > Math.min(at(0), at(3)) - by &&
      x < Math.max(at(0), at(3)) + by &&
      y > Math.min(at(1), at(4)) - by &&
      y < Math.max(at(1), at(4)) + by;
    return inside(14) && !inside(-14);
  }
  const near = 12 + width / 2;
  if (points.length === 3) return Math.hypot(at(0) - x, at(1) - y) < near;
  for (let i = 0; i + 5 < points.length; i += 3) if (distance(x, y, at(i), at(i + 1), at(i + 3), at(i + 4)) < near) return true;
  return false;
}

/** From a point to a piece of a line. */
function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}
