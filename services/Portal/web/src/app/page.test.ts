import { describe, expect, it } from 'vitest';
import { stateOf } from './bulk';
import { gapText, percent } from './runs';
import { searchAddress } from './schools';

describe('a switch for a whole half-day', () => {
  it.each([
    [[true, true], true, false],
    [[true, false], false, true],
    [[false, false], false, false],
    [[], false, false],
  ])('of %j is ticked: %s, in between: %s', (boxes, checked, indeterminate) => expect(stateOf(boxes)).toEqual({ checked, indeterminate }));
});

it('a share is a percentage as the language writes it', () => {
  expect(percent(0.0123, 'fr')).toBe('1,2 %');
  expect(percent(0.0123, 'en')).toBe('1.2 %');
});

it('a run that has reached its bound says so while it is followed, in the words of its page', () => {
  expect(gapText(0, '0 % (optimal)', 'fr')).toBe('0 % (optimal)');
  expect(gapText(0.0123, '0 % (optimal)', 'fr')).toBe('1,2 %');
});

it('a school is searched by what was typed, whatever its letters', () =>
  expect(searchAddress('Saint-Éloi & fils', '6e')).toBe('/api/schools?limit=8&search=Saint-%C3%89loi%20%26%20fils&level=6e'));
