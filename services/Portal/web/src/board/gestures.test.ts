import { describe, expect, it } from 'vitest';
import { spaced } from '../french';
import { back, contentAfter, done, type Gesture } from './gestures';
import { english, french, module, plan, seat, stage } from './given';
import type { Content, Stage } from './wire';

/** The stage as the service would answer when it accepts the content. */
const accepted = (before: Stage, content: Content): Stage => ({
  ...before,
  week: content.week ?? '',
  teacherOfferId: content.teacherOfferId ?? '',
  modules: (content.modules ?? []).map((each) => module(each.id ?? '', each.date ?? '', each.start ?? '')),
  pupils: (content.pupils ?? []).map((each) => seat(each.enrolmentId ?? '')),
});

const one: Record<string, Gesture> = {
  'a session to another slot': { kind: 'module', stage: 's1', module: 'm2', date: '2021-04-22', start: '14:00' },
  'the stage to the other week': { kind: 'week', stage: 's1', week: 'B' },
  'another teacher': { kind: 'teacher', stage: 's1', offer: 'o2' },
  'a pupil in': { kind: 'enter', stage: 's1', pupil: 'p3' },
  'a pupil out': { kind: 'leave', stage: 's1', pupil: 'p2' },
  'several at once': {
    kind: 'several',
    stage: 's1',
    parts: [
      { kind: 'week', stage: 's1', week: 'B' },
      { kind: 'module', stage: 's1', module: 'm1', date: '2021-05-06', start: '14:00' },
      { kind: 'teacher', stage: 's1', offer: 'o2' },
      { kind: 'leave', stage: 's1', pupil: 'p2' },
    ],
  },
};

describe('a gesture', () => {
  it('moves the one session and leaves the other', () =>
    expect(contentAfter(one['a session to another slot'] as Gesture, stage(), plan).modules).toEqual([
      { id: 'm1', date: '2021-04-19', start: '09:00' },
      { id: 'm2', date: '2021-04-22', start: '14:00' },
    ]));

  it('brings the sessions to the same days of the other week', () => {
    const { week, modules } = contentAfter({ kind: 'week', stage: 's1', week: 'B' }, stage(), plan);
    expect(week).toBe('B');
    expect(modules?.map((each) => `${each.id} ${each.date} ${each.start}`)).toEqual(['m1 2021-05-03 09:00', 'm2 2021-05-05 11:15']);
  });

  it('changes nothing of a stage that is in that week already', () =>
    expect(contentAfter({ kind: 'week', stage: 's1', week: 'A' }, stage(), plan).modules).toEqual(
      stage().modules.map(({ id, date, start }) => ({ id, date, start })),
    ));

  it('seats a pupil with the stage that they leave for this one', () => {
    const { pupils } = contentAfter({ kind: 'enter', stage: 's1', pupil: 'p3', from: 's2' }, stage(), plan);
    expect(pupils?.at(-1)).toEqual({ enrolmentId: 'p3', wish: 'FR', from: 's2' });
    expect(pupils).toHaveLength(3);
  });

  it('seats nobody twice', () => expect(contentAfter({ kind: 'enter', stage: 's1', pupil: 'p1' }, stage(), plan).pupils).toHaveLength(2));

  it('sends all that it may change and nothing else', () =>
    expect(Object.keys(contentAfter({ kind: 'leave', stage: 's1', pupil: 'p1' }, stage(), plan)).sort()).toEqual([
      'modules',
      'pupils',
      'teacherOfferId',
      'week',
    ]));

  it('can be made again on a newer state without losing what others did', () => {
    const newer = stage({ pupils: [seat('p1'), seat('p2'), seat('p9')], teacherOfferId: 'o7' });
    const content = contentAfter(one['a session to another slot'] as Gesture, newer, plan);
    expect(content.pupils?.map((each) => each.enrolmentId)).toEqual(['p1', 'p2', 'p9']);
    expect(content.teacherOfferId).toBe('o7');
  });
});

describe('taken back', () => {
  it.each(Object.entries(one))('%s leaves the stage as it was', (_, gesture) => {
    const before = stage();
    const after = accepted(before, contentAfter(gesture, before, plan));
    const undone = back(gesture, before);
    expect(undone).not.toBeNull();
    const again = accepted(after, contentAfter(undone as Gesture, after, plan));
    expect(contentAfter({ kind: 'teacher', stage: 's1', offer: before.teacherOfferId }, again, plan)).toEqual(
      contentAfter({ kind: 'teacher', stage: 's1', offer: before.teacherOfferId }, before, plan),
    );
    expect(again.teacherOfferId).toBe(before.teacherOfferId);
  });

  it('a pupil who came from another stage goes back there', () =>
    expect(back({ kind: 'enter', stage: 's1', pupil: 'p3', from: 's2' }, stage())).toEqual({
      kind: 'enter',
      stage: 's2',
      pupil: 'p3',
      from: 's1',
    }));

  it('a session that is gone goes nowhere', () =>
    expect(back({ kind: 'module', stage: 's1', module: 'gone', date: '2021-04-22', start: '14:00' }, stage())).toBeNull());
});

it.each<[Gesture['kind'], string, string]>([
  ['module', 'Français 6e : séance déplacée.', 'Français 6e: session moved.'],
  ['week', 'Français 6e : semaine changée.', 'Français 6e: week changed.'],
  ['teacher', 'Enseignant changé.', 'Teacher changed.'],
  ['enter', 'Noé M. : placé en Français 6e.', 'Noé M.: placed in Français 6e.'],
  ['leave', 'Maya C. n’a plus de place ici.', 'Maya C. has no place here any more.'],
])('what was done by %s is said in two languages', (kind, fr, en) => {
  const gesture = Object.values(one).find((each) => each.kind === kind) as Gesture;
  expect(done(gesture, stage(), french)).toBe(spaced(fr));
  expect(done(gesture, stage(), english)).toBe(en);
});
