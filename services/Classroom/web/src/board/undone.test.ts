import { describe, expect, it } from 'vitest';
import type { Mark } from '../contract';
import { Undone } from './undone';

const mark = (id: string, x = 1): Mark => ({ id, points: [x, 2, 50], colour: '#102030', width: 4, kind: 'pen' });

/** What stands, and what one did there. */
function sheet() {
  const stands = new Map<string, Mark>();
  const undone = new Undone((id) => stands.get(id));
  return {
    stands,
    undone,
    draw(id: string, where = 'page/1') {
      stands.set(id, mark(id));
      undone.did(where, { drew: mark(id) });
    },
    move(id: string, to: number) {
      const from = stands.get(id) ?? mark(id);
      stands.set(id, mark(id, to));
      undone.did('page/1', { id, from, to: mark(id, to) });
    },
    undo() {
      const act = undone.undo('page/1');
      if (act && 'drew' in act) stands.delete(act.drew.id);
      else if (act) stands.set(act.id, mark(act.id, act.from.points[0]));
    },
    redo(id: string) {
      const act = undone.redo('page/1', id);
      if (act && 'drew' in act) stands.set(act.drew.id, act.drew);
      else if (act) stands.set(act.id, mark(act.id, act.to.points[0]));
    },
    get now() {
      return [...stands.values()].map((m) => `${m.id}${m.points[0]}`).join(' ');
    },
  };
}

describe('what was taken back', () => {
  it('comes again in reverse order, each once, under another name', () => {
    const { undone, ...page } = sheet();
    for (const id of ['a', 'b', 'c']) page.draw(id);
    for (let i = 0; i < 4; i++) page.undo();
    expect([page.stands.size, undone.mayUndo('page/1'), undone.mayRedo('page/1'), undone.mayRedo('page/2')]).toEqual([
      0,
      false,
      true,
      false,
    ]);
    for (const id of ['x', 'y', 'z', 'w']) page.redo(id);
    expect([...page.stands.keys()]).toEqual(['x', 'y', 'z']);
    expect([undone.mayUndo('page/1'), undone.mayRedo('page/1')]).toEqual([true, false]);
  });

  it('goes back to where it was, and forth, whatever its name is then', () => {
    const page = sheet();
    page.draw('a');
    page.move('a', 5);
    page.move('a', 9);
    const seen = [page.now];
    for (let i = 0; i < 3; i++) {
      page.undo();
      seen.push(page.now);
    }
    for (const id of ['x', 'y', 'z']) {
      page.redo(id);
      seen.push(page.now);
    }
    page.undo();
    expect([...seen, page.now]).toEqual(['a9', 'a5', 'a1', '', 'x1', 'x5', 'x9', 'x5']);
  });

  it('is nobody else’s: what was moved or rubbed out since is passed over', () => {
    const page = sheet();
    page.draw('a');
    page.draw('b');
    page.move('b', 5);
    page.stands.set('b', mark('b', 7));
    page.undo();
    expect([page.now, page.undone.mayRedo('page/1')]).toEqual(['a1', true]);
    page.redo('x');
    expect(page.now).toBe('a1 x7');
    page.stands.delete('x');
    page.undo();
    expect([page.now, page.undone.mayUndo('page/1')]).toEqual(['', false]);
  });

  it('is gone once something new is done', () => {
    const page = sheet();
    page.draw('a');
    page.draw('b');
    page.undo();
    page.move('a', 3);
    expect(page.undone.mayRedo('page/1')).toBe(false);
  });

  it('is forgotten with its sheet, and with no other', () => {
    const { undone, ...page } = sheet();
    for (const where of ['slate/a', 'page/1', 'page/10']) page.draw(where, where);
    undone.forget('slate/');
    undone.forget('page/1');
    expect(['slate/a', 'page/1', 'page/10'].map((where) => undone.mayUndo(where))).toEqual([false, false, true]);
  });
});
