import { describe, expect, it } from 'vitest';
import { type Command, commandOf, goesTo, type Place } from './keys';

it.each([
  ['ArrowDown', 'down'],
  ['Home', 'first'],
  ['Enter', 'open'],
  [' ', 'open'],
  ['p', 'pin'],
  ['P', 'pin'],
  ['v', 'approve'],
  ['V', 'approve'],
  ['x', undefined],
  ['Tab', undefined],
  ['constructor', undefined],
])('the key %j means %s', (key, command) => expect(commandOf(key)).toBe(command));

// Two hours: Monday has two sessions and one, Tuesday none, Wednesday one at the second hour, Thursday three at each.
const counts = [
  [2, 1],
  [0, 0],
  [0, 1],
  [3, 3],
];
const at = (day: number, hour: number, row: number): Place => ({ day, hour, row });

describe('arrows in a week', () => {
  it.each<[Command, Place, Place | null]>([
    ['down', at(0, 0, 0), at(0, 0, 1)],
    ['down', at(0, 0, 1), at(0, 1, 0)],
    ['down', at(0, 1, 0), null],
    ['up', at(0, 1, 0), at(0, 0, 1)],
    ['up', at(0, 0, 0), null],
    ['right', at(0, 0, 1), at(3, 0, 1)],
    ['right', at(0, 1, 0), at(2, 1, 0)],
    ['right', at(3, 0, 0), null],
    ['left', at(3, 0, 2), at(0, 0, 1)],
    ['left', at(2, 1, 0), at(0, 1, 0)],
    ['left', at(0, 0, 0), null],
    ['first', at(3, 1, 2), at(3, 0, 0)],
    ['last', at(3, 0, 0), at(3, 1, 2)],
    ['open', at(0, 0, 0), null],
  ])('%s from %j leads to %j', (command, from, to) => expect(goesTo(command, from, counts)).toEqual(to));

  it('lead nowhere from where nothing is', () => expect(goesTo('right', at(9, 9, 9), counts)).toBeNull());
});
