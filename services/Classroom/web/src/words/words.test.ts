import { describe, expect, it } from 'vitest';
import checkPage from '../../check.html?raw';
import classPage from '../../class.html?raw';
import { ofDocuments } from '../documents/words';
import { ofFiles } from '../handed/words';
import { ofMaths } from '../maths/words';
import { ofBooks } from '../notes/words';
import { bar } from './bar';
import { board } from './board';
import { check } from './check';
import { inClass } from './class';
import { devices } from './devices';
import { door } from './door';
import { filled, spaced } from './french';
import { inGroups } from './groups';
import { tools } from './tools';

const words: Record<string, readonly [string, string, string?]> = {
  ...door,
  ...tools,
  ...inClass,
  ...bar,
  ...board,
  ...devices,
  ...inGroups,
  ...check,
  ...ofDocuments,
  ...ofFiles,
  ...ofBooks,
  ...ofMaths,
};

describe('words', () => {
  it('are said in both languages, with the same gaps', () => {
    for (const [key, [french, english, toChild]] of Object.entries(words)) {
      expect([key, gaps(french)]).toEqual([key, gaps(english)]);
      if (toChild !== undefined) expect([key, gaps(toChild), /\b(vous|votre|vos)\b/i.test(toChild)]).toEqual([key, gaps(french), false]);
      expect([key, french === '', english === '']).toEqual([key, key === 'goodMode', key === 'goodMode']);
    }
  });

  it('have one place each', () => {
    const parts = [door, tools, inClass, bar, board, devices, inGroups, check, ofDocuments, ofFiles, ofBooks, ofMaths];
    const sizes = parts.map((part) => Object.keys(part).length);
    expect(Object.keys(words)).toHaveLength(sizes.reduce((a, b) => a + b));
  });

  it('are there for everything that the pages want said', () => {
    for (const html of [classPage, checkPage]) {
      const wanted = [...html.matchAll(/data-(?:say|label)="(\w+)"/g)].map((m) => m[1] as string);
      expect(wanted.length).toBeGreaterThan(5);
      expect(wanted.filter((key) => !words[key])).toEqual([]);
    }
  });

  it('begin no line with a sign that French sets apart', () => {
    expect(spaced('Prêt ? « Oui » : 5 % !')).toBe('Prêt\u202F? «\u00A0Oui\u00A0»\u00A0: 5\u202F%\u202F!');
  });

  it('take what they are to say', () => {
    expect(filled('{0} de {1}, {0}', ['a', 2])).toBe('a de 2, a');
  });
});

const gaps = (text: string) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();
