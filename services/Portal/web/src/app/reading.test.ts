import { expect, test } from 'vitest';
import { addressOf } from './reading';

test('blanks are filled in, and what was left empty is not asked', () => {
  const query: [string, string][] = [
    ['level', '6e'],
    ['week', ''],
  ];
  expect(addressOf('/api/campaigns/{id}/stages', [['id', 'a b']], query)).toBe('/api/campaigns/a%20b/stages?level=6e');
});

test('without a question there is no question mark', () => {
  expect(addressOf('/api/campaigns', [], [])).toBe('/api/campaigns');
});
