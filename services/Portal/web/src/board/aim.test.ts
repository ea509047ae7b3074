import { describe, expect, it } from 'vitest';
import { aim } from './aim';
import { stage } from './given';

const stages = new Map([
  ['s1', stage()],
  ['s2', stage({ id: 's2', week: 'B' })],
  ['s3', stage({ id: 's3', subject: 'MA' })],
]);

describe('a session that is dragged', () => {
  const dragged = { stage: 's1', module: 'm1', subject: 'FR' };
  it('goes to the slot under the hand, also where other sessions stand', () =>
    expect(aim(dragged, { slot: { date: '2021-04-20', start: '14:00' }, stage: 's2' }, stages)).toEqual({
      key: 'slot 2021-04-20 14:00',
      gesture: { kind: 'module', stage: 's1', module: 'm1', date: '2021-04-20', start: '14:00' },
      isWrong: false,
    }));
  it('stays where it is', () => expect(aim(dragged, { slot: { date: '2021-04-19', start: '09:00' } }, stages)).toBeNull());
  it('goes nowhere else', () => expect(aim(dragged, { isOut: true }, stages)).toBeNull());
  it('takes its stage along to the tab of another week', () =>
    expect(aim(dragged, { week: 'B' }, stages)).toEqual({
      key: 'week B',
      gesture: { kind: 'week', stage: 's1', week: 'B' },
      isWrong: false,
    }));
  it('leaves it in its own week', () => expect(aim(dragged, { week: 'A' }, stages)).toBeNull());
});

describe('a pupil who is dragged', () => {
  const dragged = { stage: 's1', pupil: 'p1', subject: 'FR' };
  it('enters the stage under the hand and leaves the other', () =>
    expect(aim(dragged, { stage: 's2', slot: { date: '2021-04-20', start: '14:00' } }, stages)).toEqual({
      key: 'stage s2',
      gesture: { kind: 'enter', stage: 's2', pupil: 'p1', from: 's1' },
      isWrong: false,
    }));
  it('is wrong in a stage of another subject', () => expect(aim(dragged, { stage: 's3' }, stages)?.isWrong).toBe(true));
  it('is taken out over those without a place', () =>
    expect(aim(dragged, { isOut: true }, stages)).toEqual({
      key: 'out',
      gesture: { kind: 'leave', stage: 's1', pupil: 'p1' },
      isWrong: false,
    }));
  it('stays over their own stage, between stages, on a tab and outside', () => {
    expect(aim(dragged, { stage: 's1' }, stages)).toBeNull();
    expect(aim(dragged, { slot: { date: '2021-04-20', start: '14:00' } }, stages)).toBeNull();
    expect(aim(dragged, { week: 'B' }, stages)).toBeNull();
    expect(aim(dragged, {}, stages)).toBeNull();
  });
});

describe('a wish that is dragged', () => {
  const dragged = { pupil: 'p3', subject: 'FR' };
  it('is placed in the stage under the hand', () =>
    expect(aim(dragged, { stage: 's1' }, stages)?.gesture).toEqual({ kind: 'enter', stage: 's1', pupil: 'p3' }));
  it('has nothing to leave', () => expect(aim(dragged, { isOut: true }, stages)).toBeNull());
});
