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
  | { kind: 'leave'; stage: string; pupil: string }
  /** Of one stage, one after another, all of them or none. */
  | { kind: 'several'; stage: string; parts: Gesture[] };

const contentOf = (stage: Stage): Content => ({
  week: stage.week,
  teacherOfferId: stage.teacherOfferId,
  modules: stage.modules.map(({ id, date, start }) => ({ id, date, start })),
  pupils: stage.pupils.map(({ enrolmentId, wish }) => ({ enrolmentId, wish })),
});

/** The same weekday of another week. */
export function dayInWeek(date: string, from: string, to: string, plan: Plan): string {
  const daysOf = (name: string) => plan.weeks.find((week) => week.label === name)?.days ?? [];
  return daysOf(to)[daysOf(from).findIndex((day) => day.date === date)]?.date ?? date;
}

/** The stage as the gesture wants it. */
export const contentAfter = (gesture: Gesture, stage: Stage, plan: Plan): Content => after(gesture, contentOf(stage), stage, plan);

function after(gesture: Gesture, content: Content, stage: Stage, plan: Plan): Content {
  switch (gesture.kind) {
    case 'module': {
      const { date, start } = gesture;
      return { ...content, modules: (content.modules ?? []).map((each) => (each.id === gesture.module ? { ...each, date, start } : each)) };
    }
    case 'week': {
      const { week } = content;
      if (!week || week === gesture.week) return content;
      const modules = (content.modules ?? []).map((each) => ({ ...each, date: dayInWeek(each.date ?? '', week, gesture.week, plan) }));
      return { ...content, week: gesture.week, modules };
    }
    case 'teacher':
      return { ...content, teacherOfferId: gesture.offer };
    case 'enter': {
      if (content.pupils?.some((pupil) => pupil.enrolmentId === gesture.pupil)) return content;
      const seat = { enrolmentId: gesture.pupil, wish: stage.subject, from: gesture.from ?? null };
      return { ...content, pupils: [...(content.pupils ?? []), seat] };
    }
    case 'leave':
      return { ...content, pupils: (content.pupils ?? []).filter((pupil) => pupil.enrolmentId !== gesture.pupil) };
    case 'several':
      return gesture.parts.reduce((so, part) => after(part, so, stage, plan), content);
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
    case 'several': {
      const parts = gesture.parts.map((part) => back(part, before)).filter((part) => part !== null);
      return { kind: 'several', stage, parts: parts.reverse() };
    }
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
    case 'several':
      return gesture.parts.map((part) => done(part, stage, words)).join(' ');
  }
}
