import { expect, test } from 'vitest';
import { toMake, toShow } from './passkeys';

test('bytes come out of base64url as they were', () => {
  const options = toMake(
    JSON.stringify({
      challenge: '-_8A',
      user: { id: 'AQI', name: 'a', displayName: 'A' },
      excludeCredentials: [{ id: 'Aw', type: 'public-key', transports: [] }],
      rp: { id: 'localhost', name: 'Stages' },
    }),
  );
  expect(options.challenge).toEqual(new Uint8Array([251, 255, 0]));
  expect(options.user.id).toEqual(new Uint8Array([1, 2]));
  expect(options.excludeCredentials).toEqual([{ id: new Uint8Array([3]), type: 'public-key' }]);
  expect(options.rp.id).toBe('localhost');
});

test('a passkey is asked for by all that are known', () => {
  const options = toShow(JSON.stringify({ challenge: 'AA', allowCredentials: [{ id: 'Aw', type: 'public-key' }] }));
  expect(options.challenge).toEqual(new Uint8Array([0]));
  expect(options.allowCredentials).toEqual([{ id: new Uint8Array([3]), type: 'public-key' }]);
});
