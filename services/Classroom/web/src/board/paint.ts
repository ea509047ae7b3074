// How a sheet looks: in thousandths of its width, the same on every screen, in a small picture and on paper.
import type { Mark, Ruling } from '../contract';
import { drawnOf } from './formulas';
import { pictureOf } from './pictures';

type Context = CanvasRenderingContext2D;

export const wide = 1000;
export const high = 625;
export const colours = ['#1b1f24', '#1a4fa3', '#b3261e', '#1c6b3a', '#8a4b00'] as const;
const font = 'system-ui, sans-serif';

export function paint(c: Context, mark: Pick<Mark, 'points' | 'colour' | 'width' | 'kind' | 'text' | 'picture'>): void {
  const { points, colour, width, kind, text } = mark;
  const [x = 0, y = 0, pressure = 50, x2 = x, y2 = y] = points;
  c.strokeStyle = c.fillStyle = colour;
  c.lineCap = c.lineJoin = 'round';
  c.lineWidth = width * (0.6 + pressure / 125);
  c.beginPath();
  const formula = kind === 'formula' ? drawnOf({ text, colour, width }) : undefined;
  if (formula) {
    c.drawImage(formula.image, x, y, formula.w * width, formula.h * width);
    return;
  }
  if (kind === 'image') {
    const box = [Math.min(x, x2), Math.min(y, y2), Math.abs(x2 - x), Math.abs(y2 - y)] as const;
    const image = pictureOf(mark.picture);
    if (image) c.drawImage(image, ...box);
    else c.strokeRect(...box);
    return;
  }
  if (isWritten(mark)) {
    c.font = `${width}px ${font}`;
    c.textBaseline = 'top';
    linesOf(c, mark).forEach((line, i) => {
      c.fillText(line, x, y + i * width * 1.25);
    });
    return;
  }
  if (kind === 'box') c.rect(Math.min(x, x2), Math.min(y, y2), Math.abs(x2 - x), Math.abs(y2 - y));
  else if (kind === 'oval') c.ellipse((x + x2) / 2, (y + y2) / 2, Math.abs(x2 - x) / 2, Math.abs(y2 - y) / 2, 0, 0, 7);
  else follow(c, points);
  c.stroke();
}

export const isWritten = ({ kind }: Pick<Mark, 'kind'>): boolean => kind === 'text' || kind === 'formula';

/** How wide and high it is. */
export function sizeOf(c: Pick<Context, 'measureText' | 'font'>, mark: Mark): { w: number; h: number } {
  const formula = mark.kind === 'formula' ? drawnOf(mark) : undefined;
  if (formula) return { w: formula.w * mark.width, h: formula.h * mark.width };
  const lines = linesOf(c, mark);
  return { w: Math.max(...lines.map((line) => c.measureText(line).width)), h: lines.length * mark.width * 1.25 };
}

/** Smoothed through the middles between points. */
function follow(c: Context, points: number[]): void {
  const at = (i: number) => points[i] ?? 0;
  c.moveTo(at(0), at(1));
  for (let i = 3; i + 3 < points.length; i += 3) c.quadraticCurveTo(at(i), at(i + 1), (at(i) + at(i + 3)) / 2, (at(i + 1) + at(i + 4)) / 2);
  c.lineTo(at(points.length - 3) + 0.01, at(points.length - 2));
}

/** A text in lines that do not run off the sheet. */
export function linesOf(
  c: Pick<Context, 'measureText' | 'font'>,
  { text, points, width }: Pick<Mark, 'text' | 'points' | 'width'>,
): string[] {
  c.font = `${width}px ${font}`;
  const room = Math.max(200, wide - 20 - (points[0] ?? 0));
  const lines: string[] = [];
  for (const word of (text ?? '').split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && c.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Where the next text begins: under the lowest one. */
export function below(c: Context, marks: readonly Mark[], size: number): [number, number] {
  const ends = marks.filter(isWritten).map((m) => (m.points[1] ?? 0) + sizeOf(c, m).h);
  const y = Math.max(30, ...ends);
  return [40, Math.min(y, high - size * 1.25)];
}

const square = 50;

/** The lines of a school exercise book: Seyès has three thin ones in each square, and a margin. */
export function rule(c: Context, ruling: Ruling): void {
  c.fillStyle = '#fff';
  c.fillRect(0, 0, wide, high);
  if (ruling === 'plain') return;
  const line = (x1: number, y1: number, x2: number, y2: number, colour: string, width: number) => {
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
  };
  if (ruling === 'seyes') for (let y = square / 4; y < high; y += square / 4) line(0, y, wide, y, '#c5cfe8', 1);
  for (let x = square; x < wide; x += square) line(x, 0, x, high, '#b9aee0', 1);
  for (let y = square; y < high; y += square) line(0, y, wide, y, ruling === 'seyes' ? '#8f83cf' : '#b9aee0', ruling === 'seyes' ? 1.6 : 1);
  if (ruling === 'seyes') line(3 * square, 0, 3 * square, high, '#d98a9b', 2);
}

/** A whole sheet, as wide as wanted. */
export function picture(marks: readonly Mark[], ruling: Ruling, width: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = (width * high) / wide;
  const c = canvas.getContext('2d') as Context;
  c.scale(width / wide, width / wide);
  rule(c, ruling);
  for (const mark of marks) paint(c, mark);
  return canvas;
}
