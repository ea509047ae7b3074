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
  it('goes to the slot under the hand', () =>
    expect(aim(dragged, { slot: { date: '2021-04-20', start: '14:00' }, stage: 's1', week: 'A' }, stages)).toEqual({
      key: '2021-04-2014:00',
      gesture: { kind: 'module', stage: 's1', module: 'm1', date: '2021-04-20', start: '14:00' },
      isWrong: false,
    }));
  it('goes nowhere else', () => expect(aim(dragged, { stage: 's2', week: 'B' }, stages)).toBeNull());
});

describe('a pupil who is dragged', () => {
  const dragged = { stage: 's1', pupil: 'p1', subject: 'FR' };
  it('enters the stage under the hand and leaves the other', () =>
    expect(aim(dragged, { stage: 's2', week: 'B' }, stages)).toEqual({
      key: 's2',
      gesture: { kind: 'enter', stage: 's2', pupil: 'p1', from: 's1' },
      isWrong: false,
    }));
  it('is wrong in a stage of another subject', () => expect(aim(dragged, { stage: 's3', week: 'A' }, stages)?.isWrong).toBe(true));
  it('is taken out over the column of those without a place', () =>
    expect(aim(dragged, { week: '' }, stages)?.gesture).toEqual({ kind: 'leave', stage: 's1', pupil: 'p1' }));
  it('stays over their own stage, between stages and outside', () => {
    expect(aim(dragged, { stage: 's1', week: 'A' }, stages)).toBeNull();
    expect(aim(dragged, { week: 'B' }, stages)).toBeNull();
    expect(aim(dragged, {}, stages)).toBeNull();
  });
});

describe('a wish that is dragged', () => {
  const dragged = { pupil: 'p3', subject: 'FR' };
  it('is placed in the stage under the hand', () =>
    expect(aim(dragged, { stage: 's1', week: 'A' }, stages)?.gesture).toEqual({ kind: 'enter', stage: 's1', pupil: 'p3' }));
  it('has nothing to leave', () => expect(aim(dragged, { week: '' }, stages)).toBeNull());
});

describe('a stage that is dragged', () => {
  const dragged = { stage: 's1', subject: 'FR' };
  it('goes to another week, also over a card of it', () => {
    expect(aim(dragged, { week: 'B' }, stages)?.gesture).toEqual({ kind: 'week', stage: 's1', week: 'B' });
    expect(aim(dragged, { stage: 's2', week: 'B' }, stages)?.key).toBe('B');
  });
  it('stays in its own week and out of the wishes', () => {
    expect(aim(dragged, { week: 'A' }, stages)).toBeNull();
    expect(aim(dragged, { week: '' }, stages)).toBeNull();
  });
});
