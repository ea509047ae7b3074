import { describe, expect, it } from 'vitest';
import { type Draft, type Entry, isFresh, isUnderWay, parse, restored, seal, secretOf, unseal } from './drafts';

const values: Entry[] = [
  ['firstName', 'Inès', null],
  ['consent', 'on', true],
  ['school', '0340001A', false],
  ['school', '0340002B', true],
];

const draft: Draft = { sent: false, at: 1_000_000, values: 'c2VhbGVk' };

const ofOne = secretOf(btoa('1'.repeat(32)));
const ofAnother = secretOf(btoa('2'.repeat(32)));

describe('what is kept on a device', () => {
  it('is opened by the account that typed it', async () => {
    expect(await unseal(await ofOne, await seal(await ofOne, values))).toEqual(values);
  });

  it('is noise to another account, to who changed it, and to who reads the device', async () => {
    const sealed = await seal(await ofOne, values);
    expect(await unseal(await ofAnother, sealed)).toBeNull();
    expect(await unseal(await ofOne, `AAAA${sealed.slice(4)}`)).toBeNull();
    expect(await unseal(await ofOne, 'no base64 at all')).toBeNull();
    expect(atob(sealed)).not.toContain('firstName');
    expect(await seal(await ofOne, values)).not.toBe(sealed);
  });

  it('may be long', async () => {
    const long: Entry[] = [['note', 'é'.repeat(300_000), null]];
    expect(await unseal(await ofOne, await seal(await ofOne, long))).toEqual(long);
  });
});

describe('a draft', () => {
  it('comes back as it was kept', () => expect(parse(JSON.stringify(draft))).toEqual(draft));

  it.each([null, '', '{', '[]', '{"sent":true}', '{"values":[["firstName","Inès",null]]}', '3'])('%j is none', (text) =>
    expect(parse(text)).toBeNull(),
  );

  it('lasts a day', () => {
    expect(isFresh(draft, draft.at + 86_399_999)).toBe(true);
    expect(isFresh(draft, draft.at + 86_400_000)).toBe(false);
  });

  it('fills a field that is empty', () => expect(restored(values, ['firstName', '', null])).toEqual({ value: 'Inès' }));

  it('goes before what the server has written where the page says so, and empties it too', () => {
    const painted: Entry[] = [['state.A.MON-09:00', '', null]];
    expect(restored(painted, ['state.A.MON-09:00', 'possible', null], true)).toEqual({ value: '' });
    expect(restored(painted, ['state.A.MON-09:00', 'possible', null])).toBeNull();
    expect(restored(painted, ['state.A.TUE-09:00', 'possible', null], true)).toBeNull();
  });

  it('stays on a computer without anybody only while it is being sent', () => {
    const sent = { ...draft, sent: true };
    expect(isUnderWay(sent, draft.at + 899_999)).toBe(true);
    expect(isUnderWay(sent, draft.at + 900_000)).toBe(false);
    expect(isUnderWay(draft, draft.at)).toBe(false);
    expect(isUnderWay(null, draft.at)).toBe(false);
  });

  it('leaves what the server has written', () => expect(restored(values, ['firstName', 'Ines', null])).toBeNull());

  it('ticks and unticks the very box of a group', () => {
    expect(restored(values, ['school', '0340001A', false])).toEqual({ checked: false });
    expect(restored(values, ['school', '0340002B', false])).toEqual({ checked: true });
    expect(restored(values, ['consent', 'on', false])).toEqual({ checked: true });
  });

  it('leaves fields that it does not know', () => {
    expect(restored(values, ['lastName', '', null])).toBeNull();
    expect(restored(values, ['school', '0340003C', true])).toBeNull();
  });
});
