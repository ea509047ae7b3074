// Where each session stands in a week: at which hour of which day, and how close together. No page here.
import type { Module, Plan, Stage } from './wire';

/** A row of the time axis. */
export interface Hour {
  start: string;
  end: string;
  /** Nobody meets for a while before it, as at noon. */
  isAfterBreak: boolean;
}

export interface Session {
  stage: Stage;
  module: Module;
}

/** In minutes: less is the pause between two sessions. */
const shortestBreak = 30;
/** How many sessions at one hour have two lines each in a lane of their own, and how many one line. */
const [roomy, close] = [4, 25];

export const slotKey = (date: string, start: string): string => `${date} ${start}`;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The hours of the campaign, and those at which a session stands although the campaign has them no more. */
export function hoursOf(stages: Iterable<Stage>, plan: Plan): Hour[] {
  const starts = new Set(plan.starts);
  for (const stage of stages) for (const { start } of stage.modules) starts.add(start);
  const sorted = [...starts].sort();
  return sorted.map((start, i) => {
    const before = sorted[i - 1];
    const isAfterBreak = before !== undefined && minutesOf(start) - minutesOf(before) - plan.minutes >= shortestBreak;
    return { start, end: timeOf(minutesOf(start) + plan.minutes), isAfterBreak };
  });
}

/** The sessions of each slot, in one order everywhere, so that a stage is found again from day to day. */
export function slotsOf(stages: Iterable<Stage>, order: (a: Stage, b: Stage) => number): Map<string, Session[]> {
  const slots = new Map<string, Session[]>();
  for (const stage of [...stages].sort(order))
    for (const module of stage.modules) {
      const key = slotKey(module.date, module.start);
      const there = slots.get(key);
      if (there) there.push({ stage, module });
      else slots.set(key, [{ stage, module }]);
    }
  return slots;
}

export type Density = 'roomy' | 'close' | 'dense';

/** How close sessions stand together, after the fullest hour of the week; when dense, in lanes beside each other. */
export function densityOf(slots: ReadonlyMap<string, Session[]>): Density {
  const most = Math.max(0, ...[...slots.values()].map((sessions) => sessions.length));
  return most <= roomy ? 'roomy' : most <= close ? 'close' : 'dense';
}

/** How many of an hour's sessions are drawn before somebody asks for all of them. */
export const mostAtOnce = 80;
