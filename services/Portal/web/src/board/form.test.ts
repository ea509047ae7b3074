import { describe, expect, it } from 'vitest';
import { type Filled, fieldOf, filledFrom, gesturesOf, inWeek, nowhere } from './form';
import type { Gesture } from './gestures';
import { module, plan, stage } from './given';
import type { Conflict } from './wire';

const at = (id: string, date: string, start: string, slot: string) => ({ ...module(id, date, start), slot });
const own = stage({ modules: [at('m1', '2021-04-19', '09:00', 'MON-09:00'), at('m2', '2021-04-21', '11:15', 'WED-11:15')] });
const filled = (change: (filled: Filled) => void = () => {}): Filled => {
  const made = filledFrom(own);
  change(made);
  return made;
};
const conflict = (changed: Partial<Conflict>): Conflict => ({
  code: 'teacher-unavailable',
  text: '',
  enrolmentId: null,
  stageId: null,
  slot: null,
  ...changed,
});

describe('the form of a stage', () => {
  it('asks for nothing while it says what is', () => expect(gesturesOf(filled(), own, plan)).toEqual([]));

  it('makes one move of one choice', () =>
    expect(
      gesturesOf(
        filled((f) => f.modules.set('m2', { date: '2021-04-22', start: '14:00' })),
        own,
        plan,
      ),
    ).toEqual([{ kind: 'module', stage: 's1', module: 'm2', date: '2021-04-22', start: '14:00' }]));

  it('makes one move of all that its own stage becomes, and then one for each pupil who goes elsewhere', () => {
    const gestures = gesturesOf(
      filled((f) => {
        f.teacher = 'o2';
        f.modules.set('m1', { date: '2021-04-20', start: '09:00' });
        f.pupils.set('p1', 's2').set('p2', nowhere);
      }),
      own,
      plan,
    );
    expect(gestures).toEqual([
      {
        kind: 'several',
        stage: 's1',
        parts: [
          { kind: 'module', stage: 's1', module: 'm1', date: '2021-04-20', start: '09:00' },
          { kind: 'teacher', stage: 's1', offer: 'o2' },
          { kind: 'leave', stage: 's1', pupil: 'p2' },
        ],
      },
      { kind: 'enter', stage: 's2', pupil: 'p1', from: 's1' },
    ]);
  });

  it('takes its sessions along to another week, where one of them may be moved besides', () => {
    const there = inWeek(filled(), 'B', plan);
    expect(gesturesOf(there, own, plan)).toEqual([{ kind: 'week', stage: 's1', week: 'B' }]);
    there.modules.set('m2', { date: '2021-05-07', start: '09:00' });
    expect(gesturesOf(there, own, plan)).toMatchObject([
      { kind: 'several', parts: [{ kind: 'week' }, { kind: 'module', module: 'm2', date: '2021-05-07' }] },
    ]);
    expect(gesturesOf(inWeek(inWeek(filled(), 'B', plan), 'A', plan), own, plan)).toEqual([]);
  });

  it('takes a choice back that was made by mistake', () =>
    expect(
      gesturesOf(
        filled((f) => f.pupils.set('p1', 's2').set('p1', '')),
        own,
        plan,
      ),
    ).toEqual([]));
});

describe('a conflict is shown beside', () => {
  const mine: Gesture = { kind: 'several', stage: 's1', parts: [] };
  const field = (of: Conflict, change?: (filled: Filled) => void) => fieldOf(of, mine, filled(change), own, plan);
  const moved = (f: Filled) => {
    f.modules.set('m1', { date: '2021-04-20', start: '14:00' });
  };

  it('the session that was moved to its slot', () => expect(field(conflict({ slot: 'TUE-14:00' }), moved)).toBe('module m1'));
  it('that session also when it is a pupil who cannot come', () =>
    expect(field(conflict({ code: 'pupil-unavailable', enrolmentId: 'p1', slot: 'TUE-14:00' }), moved)).toBe('module m1'));
  it('the only session that was moved, when it names no slot', () =>
    expect(field(conflict({ code: 'too-many-modules-a-day' }), moved)).toBe('module m1'));
  it('the teacher who was chosen', () =>
    expect(
      field(conflict({ slot: 'WED-11:15' }), (f) => {
        f.teacher = 'o2';
      }),
    ).toBe('teacher'));
  it('the week that was chosen', () =>
    expect(fieldOf(conflict({ slot: 'MON-09:00' }), mine, inWeek(filled(), 'B', plan), own, plan)).toBe('week'));
  it('the session that was moved besides in another week', () => {
    const there = inWeek(filled(), 'B', plan);
    there.modules.set('m2', { date: '2021-05-07', start: '09:00' });
    expect(fieldOf(conflict({ slot: 'FRI-09:00' }), mine, there, own, plan)).toBe('module m2');
    expect(fieldOf(conflict({ slot: 'MON-09:00' }), mine, there, own, plan)).toBe('week');
  });
  it('the pupil who goes to the stage that refuses', () =>
    expect(
      fieldOf(
        conflict({ code: 'group-too-large' }),
        { kind: 'enter', stage: 's2', pupil: 'p2', from: 's1' },
        filled((f) => f.pupils.set('p2', 's2')),
        own,
        plan,
      ),
    ).toBe('pupil p2'));
  it('the pupil without whom the group is too small', () =>
    expect(field(conflict({ code: 'group-too-small' }), (f) => f.pupils.set('p2', nowhere))).toBe('pupil p2'));
  it('none of them, where it could be about several', () =>
    expect(
      field(conflict({ code: 'too-many-modules-a-day' }), (f) => {
        moved(f);
        f.modules.set('m2', { date: '2021-04-20', start: '09:00' });
      }),
    ).toBeNull());
});
