import { describe, expect, it } from 'vitest';
import { module, plan, stage } from './given';
import { densityOf, hoursOf, slotKey, slotsOf } from './layout';

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

describe('the hours of a week', () => {
  it('are the campaign’s, with their ends and the pause at noon', () =>
    expect(hoursOf([], plan)).toEqual([
      { start: '09:00', end: '11:00', isAfterBreak: false },
      { start: '11:15', end: '13:15', isAfterBreak: false },
      { start: '14:00', end: '16:00', isAfterBreak: true },
    ]));

  it('come in the order of the day, with one at which a session was left behind', () => {
    const late = stage({ modules: [module('m1', '2021-04-19', '18:30')] });
    const odd = stage({ modules: [module('m2', '2021-04-19', '08:00')] });
    expect(hoursOf([late, odd], { ...plan, starts: ['14:00', '09:00'] }).map((hour) => hour.start)).toEqual([
      '08:00',
      '09:00',
      '14:00',
      '18:30',
    ]);
  });

  it.each([
    [60, '10:00', '23:30', '00:30'],
    [90, '10:30', '23:30', '01:00'],
  ])('last %i minutes', (minutes, morning, night, end) => {
    const hours = hoursOf([], { ...plan, minutes, starts: ['09:00', night] });
    expect(hours.map((hour) => hour.end)).toEqual([morning, end]);
  });
});

describe('the slots of a week', () => {
  it('have each session of each stage, in one order everywhere', () => {
    const first = stage({ id: 'a', modules: [module('a1', '2021-04-19', '09:00'), module('a2', '2021-04-20', '09:00')] });
    const second = stage({ id: 'b', modules: [module('b1', '2021-04-20', '09:00'), module('b2', '2021-04-19', '09:00')] });
    const slots = slotsOf([second, first], byId);
    expect([...slots.keys()].sort()).toEqual(['2021-04-19 09:00', '2021-04-20 09:00']);
    for (const sessions of slots.values()) expect(sessions.map((session) => session.stage.id)).toEqual(['a', 'b']);
    expect(slots.get(slotKey('2021-04-20', '09:00'))?.map((session) => session.module.id)).toEqual(['a2', 'b1']);
  });

  it('leave none out, however many there are', () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      stage({
        id: `s${i}`,
        modules: [0, 1, 2].map((day) => module(`m${i}-${day}`, `2021-04-${19 + ((i + day) % 5)}`, plan.starts[(i * day) % 3] ?? '')),
      }),
    );
    const all = [...slotsOf(many, byId).values()].flat();
    expect(all).toHaveLength(600);
    expect(new Set(all.map((session) => session.module.id)).size).toBe(600);
  });

  it.each([
    [0, 'roomy'],
    [4, 'roomy'],
    [5, 'close'],
    [25, 'close'],
    [26, 'dense'],
  ])('with %i sessions at one hour are %s', (n, density) => {
    const stages = Array.from({ length: n }, (_, i) => stage({ id: `s${i}`, modules: [module(`m${i}`, '2021-04-19', '09:00')] }));
    expect(densityOf(slotsOf(stages, byId))).toBe(density);
  });
});
