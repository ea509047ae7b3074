import { beforeEach, describe, expect, it } from 'vitest';
import { french, plan, stage } from './given';
import { Model } from './model';
import { changeOf, summary } from './news';
import type { News } from './wire';

const news = (changed: Partial<News> = {}): News => ({
  stageId: 's1',
  what: 'stage_moved',
  byId: 'someone',
  by: 'Dominique Roy',
  stage: stage({ version: 4, pinned: true }),
  ...changed,
});

let model: Model;
beforeEach(() => {
  model = new Model(plan);
  model.put(stage({ version: 3 }));
});

const told = (changed: Partial<News> = {}) => changeOf(news(changed), 'me', model, french);

describe('news', () => {
  it('says who did what to which stage', () => expect(told()?.sentence).toBe('Dominique Roy – Français 6e : épinglé'));

  it('of nobody is of the service', () => expect(told({ by: null, byId: null })?.sentence).toBe('Le service – Français 6e : épinglé'));

  it('of oneself changes the board in silence', () => {
    const change = told({ byId: 'me' });
    expect(change?.now?.version).toBe(4);
    expect(change?.isMine).toBe(true);
    expect(change?.sentence).toBeNull();
  });

  it('that the answer to a move has brought already is none', () => expect(told({ stage: stage({ version: 3 }) })).toBeNull());

  it('tells of a new stage', () =>
    expect(told({ stageId: 's9', stage: stage({ id: 's9' }) })?.sentence).toBe('Dominique Roy – Français 6e : nouveau stage'));

  it('tells of a stage that is gone, once', () => {
    expect(told({ stage: null })?.sentence).toBe('Dominique Roy – Français 6e : n’est plus au planning');
    model.drop('s1');
    expect(told({ stage: null })).toBeNull();
  });
});

it('a few sentences are read, many are counted', () => {
  expect(summary(['a', 'b', 'c'], french)).toBe('a · b · c');
  expect(summary(['a', 'b', 'c', 'd'], french)).toBe('4 stages viennent de changer.');
});
