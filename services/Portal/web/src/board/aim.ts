import type { Gesture } from './gestures';
import type { Stage } from './wire';

/** What is being dragged: a session or a pupil of a stage, a wish without a place, or a whole stage. */
export interface Dragged {
  stage?: string | undefined;
  module?: string | undefined;
  pupil?: string | undefined;
  /** Of the wish, or of the stage that it comes from. */
  subject?: string | undefined;
}

/** What the hand is over. */
export interface Over {
  /** A slot of the little grid that is shown while a session is dragged. */
  slot?: { date: string; start: string } | undefined;
  stage?: string | undefined;
  /** A column; the empty text is that of wishes without a place. */
  week?: string | undefined;
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
  if (module) {
    if (!stage || !over.slot) return null;
    return { key: over.slot.date + over.slot.start, gesture: { kind: 'module', stage, module, ...over.slot }, isWrong: false };
  }
  if (pupil) {
    if (over.stage && over.stage !== stage) {
      const isWrong = stages.get(over.stage)?.subject !== dragged.subject;
      return { key: over.stage, gesture: { kind: 'enter', stage: over.stage, pupil, from: stage }, isWrong };
    }
    const isTakenOut = stage && !over.stage && over.week === '';
    return isTakenOut ? { key: 'out', gesture: { kind: 'leave', stage, pupil }, isWrong: false } : null;
  }
  if (!stage || !over.week || over.week === stages.get(stage)?.week) return null;
  return { key: over.week, gesture: { kind: 'week', stage, week: over.week }, isWrong: false };
}
