import { describe, expect, it } from 'vitest';
import type { Mark } from '../contract';
import { Undone } from './undone';

const mark = (id: string): Mark => ({ id, points: [1, 2, 50], colour: '#102030', width: 4, kind: 'pen' });

describe('what was taken back', () => {
  it('comes again in reverse order, each once, under another name', () => {
    const undone = new Undone();
    for (const id of ['c', 'b', 'a']) undone.add('page/1', mark(id));
    expect([undone.has('page/1'), undone.has('page/2')]).toEqual([true, false]);
    const again = ['x', 'y', 'z', 'w'].map((id) => undone.take('page/1', id));
    expect(again).toEqual([mark('x'), mark('y'), mark('z'), undefined]);
    expect(undone.has('page/1')).toBe(false);
  });

  it('is forgotten with its sheet, and with no other', () => {
    const undone = new Undone();
    for (const sheet of ['slate/a', 'page/1', 'page/10']) undone.add(sheet, mark(sheet));
    undone.forget('slate/');
    undone.forget('page/1');
    expect(['slate/a', 'page/1', 'page/10'].map((sheet) => undone.has(sheet))).toEqual([false, false, true]);
  });
});
