import { expect, it } from 'vitest';
import { whyNot } from './refusals';

it('says why, as exactly as it can', () => {
  expect(whyNot('AskPoll', 'not-valid')).toBe('pollNotValid');
  expect(whyNot('Visit', 'not-valid')).toBe('notValid');
  expect(whyNot('Say', 'too-fast')).toBe('tooFast');
  expect(whyNot('Say', 'something-new')).toBe('notDone');
  expect(whyNot('Say', undefined)).toBe('notDone');
});
