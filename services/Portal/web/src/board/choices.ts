// What can be chosen for a stage: another slot, week, teacher, and another stage for each pupil. No page here.
import type { Choice } from './choice';
import type { Gesture } from './gestures';
import type { Board } from './parts';
import type { Stage } from './wire';

type Known = Pick<Board, 'model' | 'words'>;

export function sessionsOf(stage: Stage, { model, words }: Known): Choice[] {
  const days = (model.week(stage.week)?.days ?? []).filter((day) => !day.closed);
  const slots = days.flatMap((day) =>
    model.plan.starts.map((start): [string, string] => [`${day.date} ${start}`, `${day.name} ${words.hour(start)}`]),
  );
  return stage.modules.map((module, i) => ({
    label: `${words.say('Séance', 'Session')} ${i + 1}`,
    entries: slots,
    chosen: `${module.date} ${module.start}`,
    gestureOf: (value) => {
      const [date = '', start = ''] = value.split(' ');
      return { kind: 'module', stage: stage.id, module: module.id, date, start };
    },
  }));
}

export function weekOf(stage: Stage, { model, words }: Known): Choice {
  return {
    label: words.say('Semaine', 'Week'),
    entries: model.plan.weeks.map((week) => [week.label, week.title]),
    chosen: stage.week,
    gestureOf: (week) => ({ kind: 'week', stage: stage.id, week }),
  };
}

export function teacherOf(stage: Stage, { model, words }: Known): Choice {
  return {
    label: words.say('Enseignant', 'Teacher'),
    entries: model.able(stage).map((offer) => [offer.id, offer.teacher?.name ?? offer.id.slice(-4)]),
    chosen: stage.teacherOfferId,
    gestureOf: (offer) => ({ kind: 'teacher', stage: stage.id, offer }),
  };
}

export function pupilsOf(stage: Stage, { model, words }: Known): Choice[] {
  const { say } = words;
  const describe = (other: Stage) => `${words.title(other)}, ${other.week}, ${words.teacher(other)} (${words.filling(other)})`;
  return stage.pupils.map(({ enrolmentId: pupil, level }) => ({
    label: words.pupil(pupil),
    entries: [
      ['', say('reste ici', 'stays here')],
      ['-', say('retirer de ce stage', 'take out of this stage')],
      ...model.others(stage, level).map((other): [string, string] => [other.id, describe(other)]),
    ],
    chosen: '',
    gestureOf: (to): Gesture =>
      to === '-' ? { kind: 'leave', stage: stage.id, pupil } : { kind: 'enter', stage: to, pupil, from: stage.id },
  }));
}
