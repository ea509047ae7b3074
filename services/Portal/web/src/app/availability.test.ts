import { describe, expect, it } from 'vitest';
import { filled, isMorning, isState, mark, next, type State } from './availability';

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
});
