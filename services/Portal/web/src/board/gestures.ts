import type { Content, Plan, Stage } from './wire';
import type { Words } from './words';

/**
 * A move is a gesture on the state of a stage that was looked at; it can be made again on a newer one. `stage` is the one that
 * it is carried out on: a pupil who goes from one to another enters the other, and leaves `from` in the same step.
 */
export type Gesture =
  | { kind: 'module'; stage: string; module: string; date: string; start: string }
  | { kind: 'week'; stage: string; week: string }
  | { kind: 'teacher'; stage: string; offer: string }
  | { kind: 'enter'; stage: string; pupil: string; from?: string | undefined }
  | { kind: 'leave'; stage: string; pupil: string };

const contentOf = (stage: Stage): Content => ({
  week: stage.week,
  teacherOfferId: stage.teacherOfferId,
  modules: stage.modules.map(({ id, date, start }) => ({ id, date, start })),
  pupils: stage.pupils.map(({ enrolmentId, wish }) => ({ enrolmentId, wish })),
});

/** Its modules on the same days of another week. */
function inWeek(stage: Stage, label: string, plan: Plan): Content['modules'] {
  const daysOf = (name: string) => plan.weeks.find((week) => week.label === name)?.days ?? [];
  const [from, to] = [daysOf(stage.week), daysOf(label)];
  return stage.modules.map(({ id, date, start }) => {
    const day = to[from.findIndex((each) => each.date === date)];
    return { id, date: day?.date ?? date, start };
  });
}

/** The stage as the gesture wants it. */
export function contentAfter(gesture: Gesture, stage: Stage, plan: Plan): Content {
  const content = contentOf(stage);
  switch (gesture.kind) {
    case 'module': {
      const { date, start } = gesture;
      return { ...content, modules: (content.modules ?? []).map((each) => (each.id === gesture.module ? { ...each, date, start } : each)) };
    }
    case 'week':
      return stage.week === gesture.week ? content : { ...content, week: gesture.week, modules: inWeek(stage, gesture.week, plan) };
    case 'teacher':
      return { ...content, teacherOfferId: gesture.offer };
    case 'enter': {
      if (stage.pupils.some((pupil) => pupil.enrolmentId === gesture.pupil)) return content;
      const seat = { enrolmentId: gesture.pupil, wish: stage.subject, from: gesture.from ?? null };
      return { ...content, pupils: [...(content.pupils ?? []), seat] };
    }
    case 'leave':
      return { ...content, pupils: (content.pupils ?? []).filter((pupil) => pupil.enrolmentId !== gesture.pupil) };
  }
}

/** The gesture that takes this one back; null: there is nothing to go back to. */
export function back(gesture: Gesture, before: Stage): Gesture | null {
  const { stage } = gesture;
  switch (gesture.kind) {
    case 'module': {
      const module = before.modules.find((each) => each.id === gesture.module);
      return module ? { ...gesture, date: module.date, start: module.start } : null;
    }
    case 'week':
      return { ...gesture, week: before.week };
    case 'teacher':
      return { ...gesture, offer: before.teacherOfferId };
    case 'enter':
      return gesture.from
        ? { kind: 'enter', stage: gesture.from, pupil: gesture.pupil, from: stage }
        : { kind: 'leave', stage, pupil: gesture.pupil };
    case 'leave':
      return { kind: 'enter', stage, pupil: gesture.pupil };
  }
}

/** What has been done, in a sentence. */
export function done(gesture: Gesture, stage: Stage, words: Words): string {
  const { say } = words;
  const title = words.title(stage);
  switch (gesture.kind) {
    case 'module':
      return say(`${title} : séance déplacée.`, `${title}: session moved.`);
    case 'week':
      return say(`${title} : semaine changée.`, `${title}: week changed.`);
    case 'teacher':
      return say('Enseignant changé.', 'Teacher changed.');
    case 'enter':
      return say(`${words.pupil(gesture.pupil)} : placé en ${title}.`, `${words.pupil(gesture.pupil)}: placed in ${title}.`);
    case 'leave':
      return say(`${words.pupil(gesture.pupil)} n’a plus de place ici.`, `${words.pupil(gesture.pupil)} has no place here any more.`);
  }
}
