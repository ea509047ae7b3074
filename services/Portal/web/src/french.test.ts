import { describe, expect, it } from 'vitest';
import { spaced } from './french';

describe('French signs', () => {
  it.each([
    ['Pourquoi ?', 'Pourquoi\u202F?'],
    ['Non ; oui !', 'Non\u202F; oui\u202F!'],
    ['Place : « à vous »', 'Place\u00A0: «\u00A0à vous\u00A0»'],
    ['Adresse https://stages.example.org?a=1', 'Adresse https://stages.example.org?a=1'],
  ])('%s', (typed, written) => expect(spaced(typed)).toBe(written));
});
