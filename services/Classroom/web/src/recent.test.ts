import { beforeEach, expect, test, vi } from 'vitest';
import type { Inside } from './contract';
import { Recent } from './recent';
import type { Room } from './room';

const now = { value: 0 };
let inside: (now: Inside) => void;
const room = {
  heldAnew: false,
  get now() {
    return now.value;
  },
  on: (_: string, hear: (now: Inside) => void) => {
    inside = hear;
  },
};
const again = vi.fn();
const comesBack = (heldAnew: boolean, ...there: string[]) => {
  room.heldAnew = heldAnew;
  inside({ strokes: there.map((id) => ({ id })), chat: [] } as unknown as Inside);
};

beforeEach(() => {
  now.value = 100_000;
  again.mockClear();
});

const recent = () => new Recent<string>(room as unknown as Room, again);

test('what another holder does not have is shown again, and nothing else', () => {
  const mine = recent();
  mine.add('a', 'first');
  mine.add('b', 'second');
  mine.add('c', 'rubbed out');
  mine.forget('c');
  mine.add('d', 'wiped');
  mine.forgetWhere((what) => what === 'wiped');
  comesBack(true, 'b');
  expect(again.mock.calls).toEqual([['first', 'a']]);
});

test('the same holder forgot nothing: what is missing was taken away', () => {
  recent().add('a', 'first');
  comesBack(false);
  expect(again).not.toHaveBeenCalled();
});

test('what is older than half a minute was kept long ago', () => {
  recent().add('a', 'first');
  now.value += 30_001;
  comesBack(true);
  expect(again).not.toHaveBeenCalled();
});
