import { describe, expect, it } from 'vitest';
import { adviceOf, kindOf } from './relays';

describe('the ways of sound', () => {
  it('are known by the address of the relay', () => {
    expect(
      ['turn:a:3478?transport=udp', 'turn:a:3478', 'turn:a:3478?transport=tcp', 'turns:a:443?transport=tcp', 'turns:a:443'].map(kindOf),
    ).toEqual(['udp', 'udp', 'tcp', 'tls', 'tls']);
  });

  it('are told by the best that is open', () => {
    expect(adviceOf(new Set(['udp', 'tcp']))).toBe('pathGood');
    expect(adviceOf(new Set(['tcp']))).toBe('pathSlow');
    expect(adviceOf(new Set(['tls']))).toBe('pathSlow');
    expect(adviceOf(new Set())).toBe('pathBad');
  });
});
