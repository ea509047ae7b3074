// Where a mark is, and where it would be: moved, larger or smaller. Plain numbers, in the sheet's thousandths.
import type { Mark, Stroke } from '../contract';
import { isWritten, type linesOf, sizeOf, wide } from './paint';

export type Place = Pick<Mark, 'points' | 'width'>;

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

type Measure = Parameters<typeof linesOf>[0];

/** So much of it stays on the sheet, to be taken hold of again. */
const stays = 20;
const letters = [12, 100] as const;
/** Neither a dot nor a wall. */
const sizes = [8, 2 * wide] as const;

export function boxOf(mark: Mark, c: Measure): Box {
  const { points } = mark;
  const [x = 0, y = 0] = points;
  if (isWritten(mark)) return { x, y, ...sizeOf(c, mark) };
  const box = { left: x, top: y, right: x, bottom: y };
  for (let i = 0; i + 1 < points.length; i += 3) {
    const [px = 0, py = 0] = [points[i], points[i + 1]];
    box.left = Math.min(box.left, px);
    box.right = Math.max(box.right, px);
    box.top = Math.min(box.top, py);
    box.bottom = Math.max(box.bottom, py);
  }
  return { x: box.left, y: box.top, w: box.right - box.left, h: box.bottom - box.top };
}

const within = (n: number, [least, most]: readonly [number, number]) => Math.min(most, Math.max(least, n));

const map = (points: readonly number[], to: (x: number, y: number) => [number, number]): number[] =>
  points.flatMap((_, i) => (i % 3 ? [] : [...to(points[i] ?? 0, points[i + 1] ?? 0).map(Math.round), points[i + 2] ?? 50]));

export function shifted(mark: Mark, box: Box, dx: number, dy: number, high: number): Place {
  const right = within(dx, [stays - box.x - box.w, wide - stays - box.x]);
  const down = within(dy, [stays - box.y - box.h, high - stays - box.y]);
  return { points: map(mark.points, (x, y) => [x + right, y + down]), width: mark.width };
}

/** Shapes take any form; a drawing and letters keep theirs. */
const isFree = ({ kind }: Mark) => kind === 'line' || kind === 'box' || kind === 'oval';

/** @param from what stays where it is, commonly the corner across. */
export function scaled(mark: Mark, box: Box, from: readonly [number, number], byX: number, byY: number): Place {
  let [x, y] = [limited(byX, box.w), limited(byY, box.h)];
  if (!isFree(mark)) x = y = limited(Math.max(byX, byY), Math.max(box.w, box.h));
  let { width } = mark;
  if (isWritten(mark)) {
    width = Math.round(within(width * x, letters));
    x = y = width / mark.width;
  }
  const [ax, ay] = from;
  return { points: map(mark.points, (px, py) => [ax + (px - ax) * x, ay + (py - ay) * y]), width };
}

const limited = (by: number, size: number) => (size < 1 ? 1 : within(by, [Math.min(1, sizes[0] / size), Math.max(1, sizes[1] / size)]));

/** From the upper left one, as the clock goes. */
export const corners = ({ x, y, w, h }: Box): [number, number][] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];

/** Which one is meant, or -1. Of something small the corners are near enough to leave its middle to be dragged. */
export function cornerAt(box: Box, x: number, y: number, near: number): number {
  const reach = isIn(box, x, y) ? Math.min(near, Math.max(box.w, box.h) / 4) : near;
  const far = corners(box).map(([cx, cy]) => Math.hypot(cx - x, cy - y));
  const nearest = Math.min(...far);
  return nearest <= reach ? far.indexOf(nearest) : -1;
}

export const isIn = ({ x, y, w, h }: Box, px: number, py: number, by = 0): boolean =>
  px >= x - by && px <= x + w + by && py >= y - by && py <= y + h + by;

export const isAt = (mark: Place | undefined, place: Place): boolean =>
  !!mark && mark.width === place.width && mark.points.length === place.points.length && mark.points.every((p, i) => p === place.points[i]);

export const placeOf = ({ points, width }: Stroke): Place => ({ points, width });
