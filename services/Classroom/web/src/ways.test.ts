import { expect, it } from 'vitest';
import { Ways } from './ways';

it('takes requests where the service answers and its WebSocket does not open', () => {
  const ways = new Ways();
  expect([ways.failed(true, true), ways.now]).toEqual([true, 'requests']);
});

it('asks a second copy before it believes that a WebSocket is refused', () => {
  const ways = new Ways();
  expect([ways.failed(true, false), ways.failed(true, false), ways.now]).toEqual([false, true, 'requests']);
});

it('waits for a service that does not answer at all', () => {
  const ways = new Ways();
  expect([ways.failed(false, true), ways.failed(false, false), ways.now]).toEqual([false, false, 'socket']);
});

it('comes back to the WebSocket when requests fail or break', () => {
  const ways = new Ways();
  ways.failed(true, true);
  expect([ways.failed(true, false), ways.now]).toEqual([false, 'socket']);
  ways.failed(true, true);
  ways.worked();
  ways.lost();
  expect(ways.now).toBe('socket');
});

it('does not take a copy that is going for a network that blocks', () => {
  const ways = new Ways();
  ways.worked();
  ways.lost();
  expect([1, 2, 3, 4].map(() => ways.failed(true, true))).toEqual([false, false, false, true]);
});
