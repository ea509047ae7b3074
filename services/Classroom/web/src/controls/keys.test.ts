import { describe, expect, it } from 'vitest';
import { type Key, keys, meant } from './keys';

const plain: Key = { key: 'm', alt: false, ctrl: false, meta: false, repeated: false, busy: false };

describe('a key', () => {
  it('stands for one button', () => {
    expect(Object.keys(keys).map((key) => meant({ ...plain, key }))).toEqual(Object.values(keys));
    expect(new Set(Object.values(keys)).size).toBe(Object.keys(keys).length);
    expect(meant({ ...plain, key: 'M' })).toBe('mic');
  });

  it('is somebody else’s with another key, held down, or while one writes', () => {
    for (const other of ['alt', 'ctrl', 'meta', 'repeated', 'busy'] as const)
      for (const key of Object.keys(keys)) expect(meant({ ...plain, key, [other]: true })).toBe(null);
    for (const key of ['x', 'Enter', ' ', 'toString', 'Escape', '']) expect(meant({ ...plain, key })).toBe(null);
  });
});
