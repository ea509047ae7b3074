import { describe, expect, it } from 'vitest';
import type { Mark } from '../contract';
import { wide } from './paint';
import { boxOf, cornerAt, corners, isAt, isIn, scaled, shifted } from './places';

/** Each letter is half as wide as it is high. */
const c = {
  font: '',
  measureText(text: string) {
    return { width: (text.length * Number.parseInt(this.font, 10)) / 2 } as TextMetrics;
  },
};
const mark = (kind: Mark['kind'], points: number[], more: Partial<Mark> = {}): Mark => ({
  id: 'a',
  kind,
  points,
  colour: '#102030',
  width: 4,
  ...more,
});
const shape = mark('box', [300, 200, 50, 100, 100, 50]);
const text = mark('text', [50, 60, 50], { width: 40, text: 'Bonjour' });

describe('a mark', () => {
  it('is as large as what is drawn of it', () => {
    expect(boxOf(shape, c)).toEqual({ x: 100, y: 100, w: 200, h: 100 });
    expect(boxOf(text, c)).toEqual({ x: 50, y: 60, w: 140, h: 50 });
    expect(corners(boxOf(shape, c))[2]).toEqual([300, 200]);
    expect([isIn(boxOf(text, c), 60, 70), isIn(boxOf(text, c), 200, 70), isIn(boxOf(text, c), 195, 70, 10)]).toEqual([true, false, true]);
  });

  it('is moved whole, and never quite off the sheet', () => {
    expect(shifted(shape, boxOf(shape, c), 10.4, -5, 625)).toEqual({ points: [310, 195, 50, 110, 95, 50], width: 4 });
    for (let i = 0; i < 200; i++) {
      const far = () => Math.round((Math.random() - 0.5) * 5000);
      const moved = { ...shape, ...shifted(shape, boxOf(shape, c), far(), far(), 625) };
      const { x, y, w, h } = boxOf(moved, c);
      expect([w, h]).toEqual([200, 100]);
      expect(x + w >= 20 && y + h >= 20 && x <= wide - 20 && y <= 605).toBe(true);
    }
  });

  it('takes any form where it is a shape, and keeps its own where it is a drawing or a text', () => {
    const box = boxOf(shape, c);
    expect(scaled(shape, box, [100, 100], 2, 0.5).points).toEqual([500, 150, 50, 100, 100, 50]);
    const pen = mark('pen', [100, 100, 50, 200, 150, 70, 300, 200, 50]);
    expect(scaled(pen, boxOf(pen, c), [100, 100], 2, 0.5).points).toEqual([100, 100, 50, 300, 200, 70, 500, 300, 50]);
    expect(scaled(text, boxOf(text, c), [50, 60], 1.5, 1)).toEqual({ points: [50, 60, 50], width: 60 });
    // Letters stay letters, and the corner across stays where it is.
    expect(scaled(text, boxOf(text, c), [50, 60], 9, 9).width).toBe(100);
    expect(scaled(text, boxOf(text, c), [190, 110], 0.5, 0.5)).toEqual({ points: [120, 85, 50], width: 20 });
  });

  it('neither vanishes nor turns over', () => {
    const flat = mark('line', [100, 100, 50, 300, 100, 50]);
    for (const one of [shape, text, flat])
      for (const by of [-3, 0, 0.001, 1000]) {
        const to = scaled(one, boxOf(one, c), [100, 100], by, by);
        expect(to.points.every((p) => Number.isInteger(p) && Math.abs(p) <= 4000)).toBe(true);
        expect(boxOf({ ...one, ...to }, c).w).toBeGreaterThanOrEqual(8);
      }
  });

  it('is taken by its corners, and by its middle however small it is', () => {
    const box = { x: 100, y: 100, w: 200, h: 100 };
    expect([cornerAt(box, 110, 105, 22), cornerAt(box, 300, 215, 22), cornerAt(box, 200, 150, 22)]).toEqual([0, 2, -1]);
    const small = { x: 100, y: 100, w: 20, h: 20 };
    expect([cornerAt(small, 110, 110, 60), cornerAt(small, 101, 102, 60), cornerAt(small, 130, 125, 60)]).toEqual([-1, 0, 2]);
  });

  it('is at a place where all its numbers are the same', () => {
    expect([isAt(shape, { ...shape }), isAt(shape, { ...shape, width: 5 }), isAt(undefined, shape)]).toEqual([true, false, false]);
    expect(isAt(shape, { points: [300, 200, 50, 100, 101, 50], width: 4 })).toBe(false);
  });
});
