import { describe, expect, it } from 'vitest';
import { meantAddress, slips } from './typos';

const words = 'gmail.com orange.fr free.fr ac-montpellier.fr | sfr.fr mail.com orange.com | .con>.com .frr>.fr';

describe('letters that slipped', () => {
  it.each([
    ['gmail.com', 'gmail.com', 0],
    ['gmial.con', 'gmail.com', 2],
    ['gmil.com', 'gmail.com', 1],
    ['gmaill.com', 'gmail.com', 1],
    ['', 'abc', 3],
    ['abc', '', 3],
  ])('%s, %s: %i', (one, other, count) => expect(slips(one, other)).toBe(count));
});

describe('an address that was perhaps meant', () => {
  it.each([
    ['claire@gmial.con', 'claire@gmail.com'],
    ['Claire.M@GMAIL.CON', 'Claire.M@gmail.com'],
    ['c@ornage.fr', 'c@orange.fr'],
    ['c@ac-montpelier.fr', 'c@ac-montpellier.fr'],
    ['c@fre.fr', 'c@free.fr'],
    ['c@college-moulin.con', 'c@college-moulin.com'],
    [' c@gmil.com ', 'c@gmail.com'],
  ])('%s: %s', (typed, meant) => expect(meantAddress(typed, words)).toBe(meant));

  it.each(['c@gmail.com', 'c@mail.com', 'c@sfr.fr', 'c@orange.com', 'c@example.org', 'c@', '@gmial.com', 'gmial.com', '', 'c@x.fr'])(
    '%s is right, or nothing',
    (typed) => expect(meantAddress(typed, words)).toBeNull(),
  );
});
