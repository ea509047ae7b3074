import { describe, expect, it } from 'vitest';
import { spaced } from '../french';
import { english, french, module, seat, stage } from './given';

describe('names', () => {
  it('are the campaign’s', () => {
    expect(french.title(stage())).toBe('Français 6e');
    expect(french.subject('EPS')).toBe('EPS');
    expect(french.when(stage(), stage().modules[1] as never)).toBe('mercredi 21 11 h 15');
    expect(english.when(stage(), stage().modules[0] as never)).toBe('lundi 19 09:00');
    expect(french.filling(stage())).toBe('2/6');
  });

  it('give a pupil’s family name by its first letter, and a number to whom one may not read', () => {
    expect(french.pupil('p1')).toBe('Inès D.');
    expect(french.pupil('0190-abcd')).toBe('abcd');
  });

  it('say when a teacher is missing', () => {
    expect(french.teacher(stage({ needsTeacher: true }))).toBe('Enseignant à remplacer');
    expect(french.teacher(stage({ teacherName: null }))).toBe('');
  });

  it('tell the rest of a stage in one sentence', () =>
    expect(french.rest(stage({ pinned: true }))).toBe('Hélène Arnaud, lundi 19 9 h, mercredi 21 11 h 15, 2 élèves, Brouillon, épinglé'));

  it('speak to the reader and of others', () => {
    expect(french.hasChanged('Vous')).toBe('Vous venez de modifier ce stage');
    expect(french.hasChanged('Dominique Roy')).toBe('Dominique Roy vient de modifier ce stage');
    expect(english.hasChanged('You')).toBe('You have just changed this stage');
    expect(english.hasChanged('Dominique Roy')).toBe('Dominique Roy has just changed this stage');
  });
});

describe('differences', () => {
  it('are none between equal states', () => expect(french.differences(stage(), stage({ version: 9 }))).toEqual([]));

  it.each([
    [{ week: 'B' }, ['semaine B au lieu de A']],
    [{ modules: [module('m1', '2021-04-20', '14:00')] }, ['séances : mardi 20 14 h']],
    [{ teacherOfferId: 'o2', teacherName: 'Paul Roux' }, ['enseignant : Paul Roux']],
    [{ pupils: [seat('p1'), seat('p3')] }, ['Noé M. est entré(e)', 'Maya C. est sorti(e)']],
    [{ needsTeacher: true }, ['Enseignant à remplacer']],
    [{ pinned: true }, ['épinglé']],
    [{ status: 'approved' }, ['Validé']],
  ])('%j is told', (changed, told) => {
    const texts = french.differences(stage({ modules: [] }), stage({ modules: [], ...changed }));
    expect(texts).toEqual(told.map(spaced));
  });

  it('are told in English as well', () =>
    expect(english.differences(stage(), stage({ pupils: [seat('p1')], pinned: true }))).toEqual(['Maya C. left', 'pinned']));
});
