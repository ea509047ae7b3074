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

it('asks every copy by each way, whatever the other way meets', () => {
  for (const copies of [2, 3, 4]) {
    const ways = new Ways();
    const asked = { socket: new Set<number>(), requests: new Set<number>() };
    for (let attempt = 0; attempt < 8 * copies; attempt++) {
      asked[ways.now].add(ways.turn % copies);
      ways.failed(true, false);
    }
    expect([copies, asked.socket.size, asked.requests.size]).toEqual([copies, copies, copies]);
  }
});
