import { expect, it } from 'vitest';
import { left } from './doors';

it.each([
  [1, '1 min'],
  [60_000, '1 min'],
  [60_001, '2 min'],
  [59 * 60_000, '59 min'],
  [60 * 60_000, '1 h'],
  [125 * 60_000, '2 h 05 min'],
  [-5, '1 min'],
])('%i ms are %s', (rest, text) => expect(left(rest)).toBe(text));
