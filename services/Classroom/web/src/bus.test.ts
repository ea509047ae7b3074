import { expect, it } from 'vitest';
import { Bus } from './bus';

it('tells all who asked, in their order, and nobody else', () => {
  const bus = new Bus<{ a: number; b: string }>();
  const heard: unknown[] = [];
  bus.on('a', (n) => heard.push(['first', n]));
  bus.on('a', (n) => heard.push(['second', n]));
  bus.on('b', (s) => heard.push(s));
  bus.tell('a', 1);
  bus.tell('b', 'x');
  expect(heard).toEqual([['first', 1], ['second', 1], 'x']);
});
