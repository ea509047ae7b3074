import { describe, expect, it } from 'vitest';
import { type Draft, isFresh, parse, restored } from './drafts';

const draft: Draft = {
  sent: false,
  at: 1_000_000,
  values: [
    ['firstName', 'Inès', null],
    ['consent', 'on', true],
    ['school', '0340001A', false],
    ['school', '0340002B', true],
  ],
};

describe('a draft', () => {
  it('comes back as it was kept', () => expect(parse(JSON.stringify(draft))).toEqual(draft));

  it.each([null, '', '{', '[]', '{"sent":true}', '3'])('%j is none', (text) => expect(parse(text)).toBeNull());

  it('lasts a day', () => {
    expect(isFresh(draft, draft.at + 86_399_999)).toBe(true);
    expect(isFresh(draft, draft.at + 86_400_000)).toBe(false);
  });

  it('fills a field that is empty', () => expect(restored(draft, ['firstName', '', null])).toEqual({ value: 'Inès' }));

  it('leaves what the server has written', () => expect(restored(draft, ['firstName', 'Ines', null])).toBeNull());

  it('ticks and unticks the very box of a group', () => {
    expect(restored(draft, ['school', '0340001A', false])).toEqual({ checked: false });
    expect(restored(draft, ['school', '0340002B', false])).toEqual({ checked: true });
    expect(restored(draft, ['consent', 'on', false])).toEqual({ checked: true });
  });

  it('leaves fields that it does not know', () => {
    expect(restored(draft, ['lastName', '', null])).toBeNull();
    expect(restored(draft, ['school', '0340003C', true])).toBeNull();
  });
});
