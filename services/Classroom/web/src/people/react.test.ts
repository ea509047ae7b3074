import { describe, expect, it } from 'vitest';
import type { Reaction } from '../contract';
import { counted, reactions, shownFor } from './react';

describe('reactions', () => {
  it('are counted of those who are here, in their order', () => {
    const shown = new Map<string, Reaction>([
      ['a', 'done'],
      ['b', 'lost'],
      ['c', 'done'],
      ['gone', 'bravo'],
    ]);
    expect(counted(shown, ['a', 'b', 'c', 'd'])).toEqual([
      ['lost', 1],
      ['done', 2],
    ]);
    expect(counted(new Map(), ['a'])).toEqual([]);
  });

  it('pass, what somebody needs help with last', () => {
    expect(reactions.every((kind) => shownFor(kind) <= shownFor('done'))).toBe(true);
    expect(shownFor('lost')).toBeGreaterThan(shownFor('bravo'));
  });
});
