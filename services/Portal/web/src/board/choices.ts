// What can be chosen for a stage: another slot, week, teacher, and another stage for each pupil. No page here.
import { nowhere } from './form';
import type { Board } from './parts';
import type { Stage } from './wire';

type Known = Pick<Board, 'model' | 'words'>;

export type Entry = [value: string, text: string];

export const slotsOfWeek = (label: string, { model, words }: Known): Entry[] =>
  (model.week(label)?.days ?? [])
    .filter((day) => !day.closed)
    .flatMap((day) => model.plan.starts.map((start): Entry => [`${day.date} ${start}`, `${day.name}, ${words.hour(start)}`]));

export const weeks = ({ model }: Known): Entry[] => model.plan.weeks.map((week) => [week.label, week.title]);

export const teachersOf = (stage: Stage, { model }: Known): Entry[] =>
  model.able(stage).map((offer) => [offer.id, offer.teacher?.name ?? offer.id.slice(-4)]);

export function stagesFor(stage: Stage, level: string, { model, words }: Known): Entry[] {
  const { say } = words;
  const describe = (other: Stage) => `${words.title(other)}, ${other.week}, ${words.teacher(other)} (${words.filling(other)})`;
  return [
    ['', say('reste ici', 'stays here')],
    [nowhere, say('retirer de ce stage', 'take out of this stage')],
    ...model.others(stage, level).map((other): Entry => [other.id, describe(other)]),
  ];
}
