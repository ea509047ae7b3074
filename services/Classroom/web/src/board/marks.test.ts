import { describe, expect, it, vi } from 'vitest';
import type { Ink, Stroke } from '../contract';
import { covers, Marks, touches, wordsOn } from './marks';
import { Pen } from './pen';

const pen = (id: string, sheet = 'page/1', by = 'lina'): Stroke => ({
  id,
  sheet,
  by,
  points: [10, 10, 50, 100, 10, 50],
  colour: '#102030',
  width: 4,
  kind: 'pen',
});
const ink = (stroke: string | null, from: number, points: number[]): Ink => ({
  participantId: 'noah',
  sheet: 'page/1',
  stroke,
  from,
  points,
  colour: '#102030',
  width: 4,
});
const ids = (marks: Marks, sheet: string) => marks.of(sheet).map((s) => s.id);

describe('marks', () => {
  it('lie on their sheets, each once', () => {
    const marks = new Marks();
    const added = vi.fn();
    marks.on('added', added);
    for (const one of [pen('a'), pen('a'), pen('b', 'slate/lina')]) marks.add(one);
    expect([ids(marks, 'page/1'), ids(marks, 'slate/lina'), marks.count, added.mock.calls.length]).toEqual([['a'], ['b'], 2, 2]);
    marks.clear('slate/');
    marks.erase('nothing');
    expect([ids(marks, 'page/1'), ids(marks, 'slate/lina')]).toEqual([['a'], []]);
    expect([covers('page/1', 'page/12'), covers('page/', 'page/12')]).toEqual([false, true]);
  });

  it('keep their names and their order where they are moved, whatever comes first', () => {
    const marks = new Marks();
    const changed = vi.fn();
    for (const id of ['a', 'b']) marks.add(pen(id));
    marks.on('changed', changed);
    const to = (x: number, moved: number) => ({ id: 'a', points: [x, 10, 50, 90 + x, 10, 50], width: 4, moved, mover: 'noah' });
    marks.wet({ ...ink('outline', 0, [1, 1, 50]) });
    for (const [x, moved] of [
      [30, 2],
      [20, 1],
      [30, 2],
    ] as const)
      marks.moved(to(x, moved));
    expect([ids(marks, 'page/1'), marks.find('a')?.points[0], changed.mock.calls.length]).toEqual([['a', 'b'], 30, 1]);
    // Its outline goes with it.
    expect(marks.wetOn('page/1')).toEqual([]);
    // Somebody who moved it at the same time was first.
    marks.moved(to(40, 2));
    expect(marks.find('a')?.points[0]).toBe(40);
    marks.moved({ ...to(10, 0), mover: '' }, true);
    expect([marks.find('a')?.points[0], marks.find('a')?.moved]).toEqual([10, 0]);
    marks.erase('a');
    marks.moved(to(50, 3));
    expect(ids(marks, 'page/1')).toEqual(['b']);
  });

  it('that come or go while a sheet is asked for are later than the answer', async () => {
    const marks = new Marks();
    let answer: (strokes: Stroke[]) => void = () => {};
    const reading = marks.read('slate/lina', () => new Promise((done) => (answer = done)));
    marks.add(pen('new', 'slate/lina'));
    marks.erase('old');
    marks.moved({ id: 'kept', points: [70, 10, 50, 160, 10, 50], width: 4, moved: 1 });
    answer([pen('old', 'slate/lina'), pen('kept', 'slate/lina')]);
    await reading;
    expect(ids(marks, 'slate/lina')).toEqual(['kept', 'new']);
    expect(marks.find('kept')?.points[0]).toBe(70);
  });

  it('are seen while they are drawn, until they stand', () => {
    const marks = new Marks();
    marks.wet(ink('a', 0, [1, 1, 50]));
    marks.wet(ink('a', 3, [5, 5, 50]));
    expect(marks.wetOn('page/1')[0]?.points).toEqual([1, 1, 50, 5, 5, 50]);
    expect(marks.wetOn('page/2')).toEqual([]);
    marks.add(pen('a', 'page/1', 'noah'));
    marks.wet(ink('a', 6, [9, 9, 50]));
    expect(marks.wetOn('page/1')).toEqual([]);
    vi.useFakeTimers();
    marks.wet(ink(null, 0, [1, 1, 50]));
    vi.setSystemTime(Date.now() + 5000);
    expect(marks.wetOn('page/1')).toEqual([]);
    vi.useRealTimers();
  });

  it('are touched where they are', () => {
    const box: Stroke = { ...pen('a'), kind: 'box', points: [100, 100, 50, 300, 200, 50] };
    expect([touches(box, 100, 150), touches(box, 200, 150), touches(box, 400, 150)]).toEqual([true, false, false]);
    // Between two points far apart as well.
    expect([touches(pen('a'), 55, 14), touches(pen('a'), 55, 60)]).toEqual([true, false]);
    const text: Stroke = { ...pen('a'), kind: 'text', points: [50, 50, 50], width: 40, text: 'Bonjour' };
    expect([touches(text, 80, 70), touches(text, 80, 200)]).toEqual([true, false]);
  });

  it('are read from the top to the bottom', () => {
    const text = (words: string, x: number, y: number): Stroke => ({ ...pen(words), kind: 'text', points: [x, y, 50], text: words });
    expect(wordsOn([text('c', 10, 200), text('b', 300, 52), pen('x'), text('a', 10, 50)])).toEqual(['a', 'b', 'c']);
  });
});

describe('a pen', () => {
  it('sends each point once', () => {
    const one = new Pen('pen', '#102030', 4, [0, 0, 50]);
    one.to(1, 1, 50);
    one.to(10, 0, 60);
    expect(one.fresh()).toEqual({ from: 0, points: [0, 0, 50, 10, 0, 60] });
    expect(one.fresh()).toBeNull();
    one.to(20, 0, 60);
    expect(one.fresh()).toEqual({ from: 6, points: [20, 0, 60] });
    expect(one.mark.points).toEqual([0, 0, 50, 10, 0, 60, 20, 0, 60]);
  });

  it('keeps two corners of a shape, and shows its outline', () => {
    const one = new Pen('line', '#102030', 4, [0, 0, 50]);
    expect([one.fresh(), one.isSomething]).toEqual([null, false]);
    for (const x of [5, 50, 90]) one.to(x, 10, 50);
    expect(one.mark.points).toEqual([0, 0, 50, 90, 10, 50]);
    expect([one.fresh(), one.isSomething]).toEqual([{ from: 0, points: [0, 0, 50, 90, 10, 50] }, true]);
  });
});
