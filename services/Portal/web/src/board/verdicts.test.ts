import { beforeEach, describe, expect, it } from 'vitest';
import { spaced } from '../french';
import { french, people, plan, pupil, seat, stage } from './given';
import { Model } from './model';
import { addressOf, answered, atOnce, type Verdicts } from './verdicts';
import type { Conflict } from './wire';

const conflict = (code: string, changed: Partial<Conflict> = {}): Conflict => ({
  code,
  text: `${code}.`,
  enrolmentId: null,
  stageId: null,
  slot: null,
  ...changed,
});

let model: Model;
beforeEach(() => {
  model = new Model({ ...plan, weeks: plan.weeks.map((week) => ({ ...week, days: week.days.map((day) => ({ ...day })) })) });
  for (const [id, each] of people) model.people.set(id, each);
  model.put(stage());
  model.put(stage({ id: 's2', week: 'B' }));
  model.put(stage({ id: 's3', freePlaces: 0 }));
  model.put(stage({ id: 's4', level: '5e', levels: ['5e'] }));
  model.put(stage({ id: 's5', subject: 'MA' }));
});

const said = (verdicts: Verdicts) =>
  Object.fromEntries([...verdicts].map(([key, { isPossible, short }]) => [key, isPossible === null ? '…' : short || 'yes']));

describe('when a session begins to be dragged', () => {
  const dragged = { stage: 's1', module: 'm1', subject: 'FR' };

  it('every other slot of its week is a target, and the other week for the whole stage', () => {
    const verdicts = atOnce(dragged, model, french);
    expect(verdicts.size).toBe(5 * 3 - 1 + 1);
    expect(verdicts.has('slot 2021-04-19 09:00')).toBe(false);
    expect(verdicts.has('slot 2021-04-23 14:00')).toBe(true);
    expect(verdicts.get('week B')).toEqual({ isPossible: null, short: '', texts: [] });
    expect(verdicts.has('week A')).toBe(false);
    expect([...verdicts.keys()].some((key) => key.includes('2021-05'))).toBe(false);
  });

  it('a closed day says so at once', () => {
    const [, tuesday] = model.plan.weeks[0]?.days ?? [];
    if (tuesday) tuesday.closed = true;
    expect(atOnce(dragged, model, french).get('slot 2021-04-20 14:00')).toEqual({ isPossible: false, short: 'jour fermé', texts: [] });
  });

  it('each target has what the service answers, and nothing else becomes one', () => {
    const verdicts = answered(
      atOnce(dragged, model, french),
      {
        slots: [
          { date: '2021-04-19', start: '09:00', conflicts: [] },
          { date: '2021-04-20', start: '09:00', conflicts: [] },
          { date: '2021-04-20', start: '11:15', conflicts: [conflict('teacher-unavailable')] },
          { date: '2021-04-21', start: '09:00', conflicts: [conflict('pupil-unavailable', { enrolmentId: 'p2' }), conflict('closed-day')] },
        ],
        weeks: [{ week: 'B', conflicts: ['p1', 'p2'].map((enrolmentId) => conflict('pupil-unavailable', { enrolmentId })) }],
      },
      french,
    );
    expect(said(verdicts)).toMatchObject({
      'slot 2021-04-20 09:00': 'yes',
      'slot 2021-04-20 11:15': 'enseignant indisponible',
      'slot 2021-04-21 09:00': 'Maya C. indisponible +1',
      'week B': spaced('2 élèves : indisponible'),
    });
    expect(verdicts.has('slot 2021-04-19 09:00')).toBe(false);
    expect(verdicts.get('slot 2021-04-21 09:00')?.texts).toEqual(['pupil-unavailable.', 'closed-day.']);
  });
});

describe('when a pupil begins to be dragged', () => {
  const dragged = { stage: 's1', pupil: 'p1', subject: 'FR' };

  it('stages of the subject are targets in both weeks, and what is full or of another level says so at once', () =>
    expect(said(atOnce(dragged, model, french))).toEqual({ 'stage s2': '…', 'stage s3': 'complet', 'stage s4': 'autre niveau', out: '…' }));

  it('of a pupil who may not be read the level is that of the seat', () => {
    model.put(stage({ id: 's6', levels: ['5e'], pupils: [seat('p9', '5e')] }));
    expect(said(atOnce({ stage: 's6', pupil: 'p9', subject: 'FR' }, model, french))).toMatchObject({
      'stage s2': 'autre niveau',
      'stage s4': '…',
    });
  });

  it('the pupil in the hand is not named again', () => {
    const stages = ['s2', 's3'].map((stageId) => ({
      stageId,
      conflicts: stageId === 's2' ? [] : [conflict('pupil-clash', { enrolmentId: 'p1' })],
    }));
    const out = [conflict('group-too-small')];
    expect(said(answered(atOnce(dragged, model, french), { stages, out }, french, 'p1'))).toEqual({
      'stage s2': 'yes',
      'stage s3': 'déjà en classe',
      'stage s4': 'autre niveau',
      out: 'groupe trop petit',
    });
  });
});

it('a wish without a place has nowhere to be taken out of', () => {
  model.people.set('p7', pupil('p7', 'Jade', 'Roux'));
  const verdicts = atOnce({ pupil: 'p7', subject: 'FR' }, model, french);
  expect(verdicts.has('out')).toBe(false);
  expect(verdicts.get('stage s1')?.isPossible).toBeNull();
});

it('a conflict that has no short words is told in its own', () => {
  const verdicts = answered(
    atOnce({ stage: 's1', module: 'm1' }, model, french),
    { weeks: [{ week: 'B', conflicts: [conflict('brand-new')] }] },
    french,
  );
  expect(verdicts.get('week B')?.short).toBe('brand-new.');
});

it.each([
  [{ stage: 's1', module: 'm1' }, '/api/stages/s1/targets?module=m1'],
  [{ stage: 's1' }, '/api/stages/s1/targets'],
  [{ stage: 's1', pupil: 'p1', subject: 'FR' }, '/api/campaigns/c/stages/targets?enrolmentId=p1&subject=FR&from=s1'],
  [{ pupil: 'p1', subject: 'É&A' }, '/api/campaigns/c/stages/targets?enrolmentId=p1&subject=%C3%89%26A'],
  [{}, null],
])('of %j the service is asked at %s', (dragged, address) => expect(addressOf(dragged, 'c')).toBe(address));
