import { expect, test } from 'vitest';
import { adviceOf, type Echo } from './echo';

const keys = (found: Partial<Echo>) =>
  adviceOf({ sound: true, rate: 900, lost: 0, delay: 20, busy: false, ...found }).map(([, key]) => key);

test('a voice that came back, and what its network carries', () => {
  expect(keys({})).toEqual(['echoGood', 'rateGood']);
  expect(keys({ rate: 250 })).toEqual(['echoGood', 'rateSmall']);
  expect(keys({ rate: 60, lost: 9 })).toEqual(['echoGood', 'rateVoice', 'lossBad']);
});

test('a device that has too much to do says nothing of its network', () => {
  expect(keys({ rate: 250, busy: true })).toEqual(['echoGood']);
  expect(keys({ rate: 800, busy: true })).toEqual(['echoGood', 'rateGood']);
});

test('without a microphone the rate alone is told', () => expect(keys({ sound: null })).toEqual(['rateGood']));

test('what did not come back needs no figures', () => {
  expect(keys({ sound: false })).toEqual(['echoBad']);
  expect(keys({ rate: 0, sound: null })).toEqual(['echoBad']);
});
