// What the dialog of a stage has been filled in with, which moves that makes, and beside which field each conflict belongs. No page here.
import { dayInWeek, type Gesture } from './gestures';
import type { Conflict, Plan, Stage } from './wire';

export interface Filled {
  week: string;
  teacher: string;
  /** Session to the slot that was chosen. */
  modules: Map<string, { date: string; start: string }>;
  /** Pupil to the stage that they go to; `-`: to none. */
  pupils: Map<string, string>;
}

export const nowhere = '-';

export const filledFrom = (stage: Stage): Filled => ({
  week: stage.week,
  teacher: stage.teacherOfferId,
  modules: new Map(stage.modules.map(({ id, date, start }) => [id, { date, start }])),
  pupils: new Map(),
});

/** Sessions keep their weekdays and hours. */
export function inWeek(filled: Filled, week: string, plan: Plan): Filled {
  const modules = [...filled.modules].map(
    ([id, { date, start }]) => [id, { date: dayInWeek(date, filled.week, week, plan), start }] as const,
  );
  return { ...filled, week, modules: new Map(modules) };
}

/** The moves: first what this stage itself becomes, all at once, then each pupil who goes to another. None: nothing was changed. */
export function gesturesOf(filled: Filled, stage: Stage, plan: Plan): Gesture[] {
  const id = stage.id;
  const parts: Gesture[] = [];
  if (filled.week !== stage.week) parts.push({ kind: 'week', stage: id, week: filled.week });
  for (const module of stage.modules) {
    const to = filled.modules.get(module.id);
    const date = dayInWeek(module.date, stage.week, filled.week, plan);
    if (to && (to.date !== date || to.start !== module.start)) parts.push({ kind: 'module', stage: id, module: module.id, ...to });
  }
  if (filled.teacher !== stage.teacherOfferId) parts.push({ kind: 'teacher', stage: id, offer: filled.teacher });
  const moved = [...filled.pupils].filter(([, to]) => to !== '');
  for (const [pupil, to] of moved) if (to === nowhere) parts.push({ kind: 'leave', stage: id, pupil });
  const own: Gesture[] = parts.length > 1 ? [{ kind: 'several', stage: id, parts }] : parts;
  const others = moved.filter(([, to]) => to !== nowhere).map(([pupil, to]): Gesture => ({ kind: 'enter', stage: to, pupil, from: id }));
  return [...own, ...others];
}

const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

/**
 * The field beside which a conflict is shown: `module ID`, `pupil ID`, `teacher`, `week`; null: none of them, it is said above the button.
 * `of`: the move that would break it.
 */
export function fieldOf(conflict: Conflict, of: Gesture, filled: Filled, stage: Stage, plan: Plan): string | null {
  if (of.kind === 'enter') return `pupil ${of.pupil}`;
  const days = plan.weeks.find((week) => week.label === filled.week)?.days ?? [];
  const codeOf = (date: string, start: string) => `${weekdays[days.findIndex((day) => day.date === date)]}-${start}`;
  // Those that only follow the stage to another week are where the week brings them.
  const moved = stage.modules.flatMap(({ id, date, start }) => {
    const to = filled.modules.get(id);
    const isMoved = to && (to.start !== start || to.date !== dayInWeek(date, stage.week, filled.week, plan));
    return isMoved ? [{ field: `module ${id}`, slot: codeOf(to.date, to.start) }] : [];
  });
  const at = moved.find(({ slot }) => slot === conflict.slot);
  if (at) return at.field;
  if (filled.teacher !== stage.teacherOfferId && /^(teacher|offer)-/.test(conflict.code)) return 'teacher';
  if (filled.week !== stage.week) return 'week';
  const gone = [...filled.pupils].find(([, to]) => to === nowhere);
  if (conflict.code === 'group-too-small' && gone) return `pupil ${gone[0]}`;
  return moved.length === 1 ? (moved[0]?.field ?? null) : null;
}
