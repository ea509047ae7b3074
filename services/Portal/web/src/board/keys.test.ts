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

describe('arrows, in columns of 3, 1 and no cards', () => {
  const heights = [3, 1, 0];
  it.each<[Command, Place, Place | null]>([
    ['down', { column: 0, row: 0 }, { column: 0, row: 1 }],
    ['down', { column: 0, row: 2 }, null],
    ['up', { column: 0, row: 1 }, { column: 0, row: 0 }],
    ['up', { column: 0, row: 0 }, null],
    ['right', { column: 0, row: 2 }, { column: 1, row: 0 }],
    ['right', { column: 1, row: 0 }, null],
    ['left', { column: 1, row: 0 }, { column: 0, row: 0 }],
    ['left', { column: 0, row: 0 }, null],
    ['first', { column: 0, row: 2 }, { column: 0, row: 0 }],
    ['last', { column: 0, row: 0 }, { column: 0, row: 2 }],
    ['open', { column: 0, row: 0 }, null],
  ])('%s from %j leads to %j', (command, from, to) => expect(goesTo(command, from, heights)).toEqual(to));
});
