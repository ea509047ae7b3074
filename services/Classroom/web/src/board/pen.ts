// A line while it is drawn: its points go out sixteen times a second, whole numbers and only the new ones; the line itself once, at
// its end.
import type { Kind2D, Mark } from '../contract';

export const between = 60;
const apart = 3;
const longest = 2700;
/** A laser's tail that was not sent is not worth more. */
const atOnce = 600;

export class Pen {
  readonly mark: Mark;
  #sent = 0;

  constructor(kind: Kind2D, colour: string, width: number, at: [number, number, number]) {
    this.mark = { id: crypto.randomUUID(), kind, colour, width, points: [...at] };
  }

  to(x: number, y: number, pressure: number): void {
    const { points, kind } = this.mark;
    if (kind !== 'pen') points.splice(3, 3, x, y, pressure);
    else if (Math.hypot(x - (points.at(-3) ?? 0), y - (points.at(-2) ?? 0)) >= apart) points.push(x, y, pressure);
  }

  get isFull(): boolean {
    return this.mark.points.length >= longest;
  }

  /** What the others have not seen of it. */
  fresh(): { from: number; points: number[] } | null {
    const { points, kind } = this.mark;
    if (kind !== 'pen') return points.length > 3 ? { from: 0, points: outline(this.mark) } : null;
    const from = this.#sent;
    const fresh = points.slice(from, from + atOnce);
    this.#sent = from + fresh.length;
    return fresh.length ? { from, points: fresh } : null;
  }

  /** A shape that was only touched is none. */
  get isSomething(): boolean {
    const [x = 0, y = 0, , x2 = x, y2 = y] = this.mark.points;
    return this.mark.kind === 'pen' || Math.hypot(x2 - x, y2 - y) >= 8;
  }
}

/** As a line of the pen, for who sees it being drawn. */
export function outline({ kind, points: [x = 0, y = 0, p = 50, x2 = x, y2 = y] }: Pick<Mark, 'kind' | 'points'>): number[] {
  if (kind === 'line') return [x, y, p, x2, y2, p];
  const corners = [x, y, p, x2, y, p, x2, y2, p, x, y2, p, x, y, p];
  // The curve goes through the middles between points: a corner is said twice.
  return kind === 'oval' ? corners : corners.flatMap((_, i) => (i % 3 ? [] : [...corners.slice(i, i + 3), ...corners.slice(i, i + 3)]));
}
