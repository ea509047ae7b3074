import { beforeEach, describe, expect, it } from 'vitest';
import { french, people, plan, seat, stage } from './given';
import { type Filter, Model } from './model';
import type { Offer, Stage } from './wire';

const everything: Filter = { subject: '', level: '', status: '', school: '', teacher: '' };
const offer = (id: string, subject: string, levels: string[], status = 'active'): Offer => ({
  id,
  campaignId: 'c',
  teacher: null,
  teaches: [{ subject, levels }],
  slots: {},
  limits: { stagesPerWeek: 1, groupMax: null },
  status,
  acceptance: 'accepted',
  version: 1,
});

let model: Model;
beforeEach(() => {
  model = new Model(plan);
  for (const [id, pupil] of people) model.people.set(id, pupil);
});

const waiting = (filter: Partial<Filter> = {}) =>
  model.unplaced({ ...everything, ...filter }).map((wish) => `${wish.pupil.id} ${wish.subject}`);

describe('who is placed', () => {
  it('follows stages as they come, change and go', () => {
    expect(waiting()).toEqual(['p1 FR', 'p2 FR', 'p3 FR', 'p3 MA']);
    model.put(stage());
    expect(waiting()).toEqual(['p3 FR', 'p3 MA']);
    model.put(stage({ pupils: [seat('p1'), seat('p3')] }));
    expect(waiting()).toEqual(['p2 FR', 'p3 MA']);
    model.drop('s1');
    expect(waiting()).toHaveLength(4);
  });

  it('counts a pupil who is in two stages until both are gone', () => {
    model.put(stage({ pupils: [seat('p1')] }));
    model.put(stage({ id: 's2', pupils: [seat('p1')] }));
    model.drop('s1');
    expect(model.isPlaced('p1', 'FR')).toBe(true);
    model.drop('s2');
    expect(model.isPlaced('p1', 'FR')).toBe(false);
  });

  it('does not count what is dropped twice', () => {
    model.put(stage());
    expect(model.drop('s1')).toBe(true);
    expect(model.drop('s1')).toBe(false);
    model.put(stage());
    expect(model.isPlaced('p1', 'FR')).toBe(true);
  });

  it.each<[Partial<Filter>, string[]]>([
    [{ subject: 'ma' }, ['p3 MA']],
    [{ level: '5e' }, ['p3 FR', 'p3 MA']],
    [{ school: '034' }, ['p1 FR', 'p2 FR']],
    [{ teacher: 'costa' }, ['p2 FR']],
    [{ teacher: 'maya c' }, ['p2 FR']],
  ])('is asked for by %j', (filter, expected) => expect(waiting(filter)).toEqual(expected));
});

describe('a filter', () => {
  it.each<[Partial<Filter>, boolean]>([
    [{}, true],
    [{ subject: 'fr' }, true],
    [{ subject: 'ma' }, false],
    [{ level: '6e' }, true],
    [{ level: '5e' }, false],
    [{ status: 'draft' }, true],
    [{ status: 'approved' }, false],
    [{ status: 'trouble' }, false],
    [{ school: '034' }, true],
    [{ school: '030' }, false],
    [{ teacher: 'arnaud' }, true],
    [{ teacher: 'inès' }, true],
    [{ teacher: 'noé' }, false],
    [{ subject: 'fr', teacher: 'noé' }, false],
  ])('%j shows the stage: %s', (filter, shows) => expect(model.shows(stage(), { ...everything, ...filter }, french)).toBe(shows));

  it('finds a stage of two levels by either', () => {
    const both = stage({ level: '6e-5e', levels: ['6e', '5e'] });
    for (const level of ['6e', '5e']) expect(model.shows(both, { ...everything, level }, french)).toBe(true);
  });
});

it.each<[string, Partial<Stage>, string[]]>([
  ['a whole one', {}, []],
  ['one without a teacher', { needsTeacher: true }, ['enseignant à remplacer']],
  ['a small one', { pupils: [seat('p1')] }, ['moins de 2 élèves']],
  ['a small one without a teacher', { needsTeacher: true, pupils: [] }, ['enseignant à remplacer', 'moins de 2 élèves']],
])('%s says what it wants, and is found by that', (_, changed, troubles) => {
  const some = stage(changed);
  expect(model.troubles(some, french)).toEqual(troubles);
  expect(model.shows(some, { ...everything, status: 'trouble' }, french)).toBe(troubles.length > 0);
});

it('what was found against a stage is one of its troubles', () => {
  model.conflicts.set('s1', ['L’enseignant n’est pas disponible.']);
  expect(model.troubles(stage(), french)).toEqual(['L’enseignant n’est pas disponible.']);
  expect(model.shows(stage(), { ...everything, status: 'trouble' }, french)).toBe(true);
  expect(model.shows(stage({ id: 's2' }), { ...everything, status: 'trouble' }, french)).toBe(false);
});

it('stages stand by subject, level and then always the same', () => {
  const stages = [
    stage({ id: 'd', subject: 'MA' }),
    stage({ id: 'c', levels: ['5e'] }),
    stage({ id: 'b' }),
    stage({ id: 'a' }),
    stage({ id: 'e', levels: ['6e', '5e'] }),
  ];
  expect(stages.sort(model.order).map((each) => each.id)).toEqual(['a', 'b', 'e', 'c', 'd']);
});

it('only a newer version is news', () => {
  expect(model.isNews(stage({ version: 0 }))).toBe(true);
  model.put(stage({ version: 3 }));
  expect(model.isNews(stage({ version: 3 }))).toBe(false);
  expect(model.isNews(stage({ version: 4 }))).toBe(true);
});

it('a stage can be taken over by who teaches its subject at all its levels, and keeps its own teacher', () => {
  const offers = [
    offer('o1', 'MA', ['4e'], 'withdrawn'),
    offer('o2', 'FR', ['6e', '5e']),
    offer('o3', 'FR', ['6e']),
    offer('o4', 'FR', ['6e', '5e'], 'withdrawn'),
    offer('o5', 'MA', ['6e', '5e']),
  ];
  for (const each of offers) model.offers.set(each.id, each);
  expect(model.able(stage({ levels: ['6e', '5e'] })).map((each) => each.id)).toEqual(['o1', 'o2']);
});

it('a pupil can go to stages of the same subject that take the level', () => {
  for (const each of [stage(), stage({ id: 's2' }), stage({ id: 's3', levels: ['5e'] }), stage({ id: 's4', subject: 'MA' })])
    model.put(each);
  expect(model.others(stage(), '6e').map((each) => each.id)).toEqual(['s2']);
});
