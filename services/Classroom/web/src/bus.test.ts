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

it('tells those who come late what they have missed, and only them', () => {
  const bus = new Bus<{ a: number; b: string }>();
  const heard: unknown[] = [];
  bus.on('a', (n) => heard.push(['first', n]));
  const late = bus.latecomers(() => {
    bus.on('a', (n) => heard.push(['late', n]));
    bus.on('b', (s) => heard.push(s));
  });
  late.tell('a', 1);
  late.tell('b', 'x');
  bus.tell('a', 2);
  expect(heard).toEqual([['late', 1], 'x', ['first', 2], ['late', 2]]);
});
