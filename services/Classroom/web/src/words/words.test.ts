import { describe, expect, it } from 'vitest';
import checkPage from '../../check.html?raw';
import classPage from '../../class.html?raw';
import { ofDocuments } from '../documents/words';
import { ofHelp } from '../entry/help.words';
import { ofFiles } from '../handed/words';
import { ofMaths } from '../maths/words';
import { ofBooks } from '../notes/words';
import { acts } from './acts';
import { bar } from './bar';
import { board } from './board';
import { check } from './check';
import { isChild } from './child';
import { childFirst } from './childFirst';
import { childLater } from './childLater';
import { inClass } from './class';
import { devices } from './devices';
import { documents } from './documents';
import { door } from './door';
import { exchanges } from './exchanges';
import { filled, spaced } from './french';
import { inGroups } from './groups';
import type { Said } from './tables';
import { tools } from './tools';
import { views } from './views';

const later = { ...acts, ...board, ...documents, ...exchanges, ...inGroups, ...views };
const words: Record<string, Said> = {
  ...door,
  ...tools,
  ...inClass,
  ...bar,
  ...devices,
  ...later,
  ...check,
};
/** Said by what is loaded when it is wanted, which brings them, also for a child. */
const wanted: Record<string, Said> = { ...ofDocuments, ...ofHelp, ...ofFiles, ...ofBooks, ...ofMaths };

const sources = import.meta.glob<string>('../**/*.ts', { query: '?raw', import: 'default', eager: true });
const reached = reach('../class.ts');

/** What the page loads at once. */
function reach(file: string, found = new Set<string>()): Set<string> {
  const text = sources[file];
  if (!text || found.has(file)) return found;
  found.add(file);
  for (const m of text.matchAll(/^(?:import|export)(?! type)[^;]*? from '(\.[^']+)'/gm)) {
    const { pathname } = new URL(`${m[1]}.ts`, `http://page/src/words/${file}`);
    reach(`../${pathname.slice('/src/'.length)}`, found);
  }
  return found;
}

describe('words', () => {
  it('are said in both languages, with the same gaps', () => {
    for (const [key, [french, english]] of Object.entries(words)) {
      expect([key, gaps(french)]).toEqual([key, gaps(english)]);
      expect([key, french === '', english === '']).toEqual([key, key === 'goodMode', key === 'goodMode']);
    }
  });

  it('of what is loaded when it is wanted are said in both languages, and to nobody’s child as « vous »', () => {
    for (const [key, [french, english, forChild]] of Object.entries(wanted)) {
      expect([key, gaps(french)]).toEqual([key, gaps(english)]);
      if (forChild === undefined) continue;
      expect([key, gaps(forChild), /\b(vous|votre|vos)\b/i.test(forChild)]).toEqual([key, gaps(french), false]);
    }
    expect(Object.keys(wanted).filter((key) => key in words)).toEqual([]);
  });

  it('are said to a child wherever a pupil may be told something', () => {
    const missing = Object.keys(words).filter((key) => isSentence(words[key]) && !(key in toChild) && !grownUps.has(key));
    expect(missing).toEqual([]);
    expect([...grownUps].filter((key) => !words[key] || key in toChild)).toEqual([]);
    expect(Object.keys(childFirst).filter((key) => key in later)).toEqual([]);
    expect(Object.keys(childLater).filter((key) => !(key in later))).toEqual([]);
  });

  it('are short for a child, who is nobody’s « vous »', () => {
    for (const [key, [french, english]] of Object.entries(toChild)) {
      const adult = words[key] ?? ['', ''];
      expect([key, gaps(french), gaps(english)]).toEqual([key, gaps(adult[0]), gaps(adult[0])]);
      expect([key, /\b(vous|votre|vos|\w+ez)\b/i.test(french.replace(/« .* »/g, ''))]).toEqual([key, false]);
      expect([key, french.length <= Math.max(80, adult[0].length), english.length <= 110]).toEqual([key, true, true]);
    }
  });

  it('are for a child in elementary school, and for no adult of theirs', () => {
    expect([['CP'], ['CM1', 'CM2'], ['CM2', '6E'], ['3E'], []].map((levels) => isChild('pupil', levels))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isChild('teacher', ['CP'])).toBe(false);
  });

  it('have one place each', () => {
    const sizes = [door, tools, inClass, bar, devices, acts, board, documents, exchanges, inGroups, views, check].map(
      (part) => Object.keys(part).length,
    );
    expect(Object.keys(words)).toHaveLength(sizes.reduce((a, b) => a + b));
  });

  it('are there for everything that the pages want said', () => {
    for (const html of [classPage, checkPage]) {
      const asked = [...html.matchAll(/data-(?:say|label)="(\w+)"/g)].map((m) => m[1] as string);
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.filter((key) => !words[key])).toEqual([]);
    }
  });

  it('are there from the beginning where they are said before their parts have come', () => {
    const early = Object.entries(sources).filter(([file]) => reached.has(file));
    expect(early.length).toBeGreaterThan(25);
    for (const [file, text] of early) {
      const said = [...text.matchAll(/\b(?:say|tellKey|button)\('(\w+)'/g)].map((m) => m[1] as string);
      expect([file, said.filter((key) => key in later)]).toEqual([file, []]);
    }
    // The self-check never loads them; a class not before one is in it. What stands in dialogs is asked later.
    for (const html of [checkPage, classPage.slice(0, classPage.indexOf('<div id="class"'))]) {
      const asked = [...html.matchAll(/data-(?:say|label)="(\w+)"/g)].map((m) => m[1] as string);
      expect(asked.filter((key) => key in later)).toEqual([]);
    }
  });

  it('begin no line with a sign that French sets apart', () => {
    expect(spaced('Prêt ? « Oui » : 5 % !')).toBe('Prêt\u202F? «\u00A0Oui\u00A0»\u00A0: 5\u202F%\u202F!');
  });

  it('take what they are to say', () => {
    expect(filled('{0} de {1}, {0}', ['a', 2])).toBe('a de 2, a');
  });
});

const toChild: Record<string, Said> = { ...childFirst, ...childLater };

const isSentence = (said: Said | undefined) => /[.!?…]$/.test(said?.[0] ?? '');

/** What no pupil of a class is told: the teacher's own, and of the self-check before a class, which knows no level. */
const grownUps = new Set(
  [
    'stored leaveTeacher endFailed eyesCalled reason removeTitle pollNotValid timerNotValid silenced pagesFull slateAskHint',
    'slateQuestionLong slatesNobody documentsKept filePage fileSent fileNotSent rightsMine rightsGone',
    'pictureHint pictureUnreadable pictureNotSent tooManyDocuments recordUnable allAnswered pairsNotValid groupFull',
    ...Object.keys(check),
  ]
    .join(' ')
    .split(' '),
);

const gaps = (text: string) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();
