import { describe, expect, it } from 'vitest';
import { filled, isMorning, isState, mark, next, type State, sessions } from './availability';

describe('availability', () => {
  it('goes round by taps: nothing, possible, preferred, nothing', () => {
    expect(next('')).toBe('possible');
    expect(next('possible')).toBe('preferred');
    expect(next('preferred')).toBe('');
  });

  it('has a mark for each state', () => expect(Object.values(mark)).toEqual(['', '✓', '★']));

  it('knows a state from another word', () => {
    expect(isState('preferred')).toBe(true);
    expect(isState('never')).toBe(false);
  });

  it.each([
    ['A-MON-09:00', true],
    ['A-MON-11:15', true],
    ['B-FRI-12:00', false],
    ['B-FRI-14:00', false],
  ])('%s in the morning: %s', (slot, morning) => expect(isMorning(slot)).toBe(morning));

  it.each<[State, boolean, State | null]>([
    ['', true, 'possible'],
    ['possible', true, null],
    ['preferred', true, null],
    ['', false, null],
    ['possible', false, ''],
    ['preferred', false, null],
  ])('%j with its half-day switched %s becomes %j: what is preferred is left alone', (state, on, then) =>
    expect(filled(state, on)).toBe(then),
  );

  it('counts the sessions that a stage could have, so many a day', () => {
    const mondayTwice = ['state.A.MON-09:00', 'state.A.MON-11:15'];
    expect(sessions([], 1)).toBe(0);
    expect(sessions(mondayTwice, 1)).toBe(1);
    expect(sessions(mondayTwice, 2)).toBe(2);
    expect(sessions([...mondayTwice, 'state.A.TUE-09:00', 'state.A.FRI-16:15'], 1)).toBe(3);
  });
});
