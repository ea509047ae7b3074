import type { Gesture } from './gestures';
import { slotKey } from './layout';
import { keyOfSlot, keyOfStage, keyOfWeek, out } from './verdicts';
import type { Stage } from './wire';

/** What is being dragged: a session with the stage that it is of, a pupil of a stage, or a wish without a place. */
export interface Dragged {
  stage?: string | undefined;
  module?: string | undefined;
  pupil?: string | undefined;
  /** Of the wish, or of the stage that it comes from. */
  subject?: string | undefined;
}

/** What the hand is over. */
export interface Over {
  slot?: { date: string; start: string } | undefined;
  stage?: string | undefined;
  /** The tab of a week. */
  week?: string | undefined;
  /** The list of wishes without a place. */
  isOut?: boolean | undefined;
}

export interface Aim {
  /** Tells one target from another. */
  key: string;
  gesture: Gesture;
  /** A stage of another subject: said when it is dropped, and nothing is asked. */
  isWrong: boolean;
}

/** What dropping here would do; null: nothing. */
export function aim(dragged: Dragged, over: Over, stages: ReadonlyMap<string, Stage>): Aim | null {
  const { stage, module, pupil } = dragged;
  if (pupil) {
    if (over.stage && over.stage !== stage) {
      const isWrong = stages.get(over.stage)?.subject !== dragged.subject;
      return { key: keyOfStage(over.stage), gesture: { kind: 'enter', stage: over.stage, pupil, from: stage }, isWrong };
    }
    return stage && over.isOut ? { key: out, gesture: { kind: 'leave', stage, pupil }, isWrong: false } : null;
  }
  if (!stage) return null;
  if (over.week !== undefined) {
    const isOwn = over.week === stages.get(stage)?.week;
    return isOwn ? null : { key: keyOfWeek(over.week), gesture: { kind: 'week', stage, week: over.week }, isWrong: false };
  }
  const here = stages.get(stage)?.modules.find((each) => each.id === module);
  if (!here || !over.slot || (here.date === over.slot.date && here.start === over.slot.start)) return null;
  const { date, start } = over.slot;
  return { key: keyOfSlot(slotKey(date, start)), gesture: { kind: 'module', stage, module: here.id, date, start }, isWrong: false };
}
