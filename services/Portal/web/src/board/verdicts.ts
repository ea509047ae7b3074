// Which targets a drag has, and whether each is possible, from the moment it begins: first what is known here, then what the service
// answers about all of them at once. No page here.
import type { Dragged } from './aim';
import { slotKey } from './layout';
import type { Model } from './model';
import { shortOf } from './reasons';
import type { Conflict, PupilTargets, Stage, StageTargets } from './wire';
import type { Words } from './words';

export interface Verdict {
  /** Null: asked, and not answered yet. */
  isPossible: boolean | null;
  /** Why not, in the few words that a target has room for. */
  short: string;
  /** The same in whole sentences. */
  texts: string[];
}

/** By target: a slot, a stage, a week, or no stage at all. */
export type Verdicts = Map<string, Verdict>;

/** `slot`: as the layout names it. */
export const keyOfSlot = (slot: string): string => `slot ${slot}`;
export const keyOfStage = (id: string): string => `stage ${id}`;
export const keyOfWeek = (label: string): string => `week ${label}`;
export const out = 'out';

const asked: Verdict = { isPossible: null, short: '', texts: [] };
const not = (short: string): Verdict => ({ isPossible: false, short, texts: [] });

/** What needs no question: the targets that there are, what is closed, full or at another level. */
export function atOnce(dragged: Dragged, model: Model, words: Words): Verdicts {
  const stage = model.stages.get(dragged.stage ?? '');
  if (dragged.pupil) return ofPupil(dragged, stage, model, words);
  const verdicts: Verdicts = new Map();
  if (!stage) return verdicts;
  for (const week of model.plan.weeks) if (week.label !== stage.week) verdicts.set(keyOfWeek(week.label), asked);
  if (!dragged.module) return verdicts;
  const own = stage.modules.find((module) => module.id === dragged.module);
  for (const day of model.week(stage.week)?.days ?? [])
    for (const start of model.plan.starts) {
      // Where it is already is no target.
      if (own?.date === day.date && own.start === start) continue;
      verdicts.set(keyOfSlot(slotKey(day.date, start)), day.closed ? not(words.say('jour fermé', 'closed')) : asked);
    }
  return verdicts;
}

function ofPupil(dragged: Dragged, from: Stage | undefined, model: Model, { say }: Words): Verdicts {
  const verdicts: Verdicts = new Map();
  const level = model.people.get(dragged.pupil ?? '')?.level ?? from?.pupils.find((seat) => seat.enrolmentId === dragged.pupil)?.level;
  for (const stage of model.stages.values()) {
    // Of another subject: no target, and no reason is needed.
    if (stage.subject !== dragged.subject || stage.id === from?.id) continue;
    const isOfLevel = level === undefined || stage.levels.includes(level);
    const verdict = !isOfLevel ? not(say('autre niveau', 'another level')) : stage.freePlaces === 0 ? not(say('complet', 'full')) : asked;
    verdicts.set(keyOfStage(stage.id), verdict);
  }
  if (from) verdicts.set(out, asked);
  return verdicts;
}

/** With the service's answer: of each target that it speaks of. */
export function answered(verdicts: Verdicts, answer: Partial<StageTargets & PupilTargets>, words: Words, inHand?: string): Verdicts {
  const all = new Map(verdicts);
  const set = (key: string, conflicts: Conflict[]) => {
    if (!all.has(key)) return;
    const texts = conflicts.map((conflict) => conflict.text || conflict.code);
    all.set(key, { isPossible: conflicts.length === 0, short: shortOf(conflicts, words, inHand), texts });
  };
  for (const { date, start, conflicts } of answer.slots ?? []) set(keyOfSlot(slotKey(date, start)), conflicts);
  for (const { week, conflicts } of answer.weeks ?? []) set(keyOfWeek(week), conflicts);
  for (const { stageId, conflicts } of answer.stages ?? []) set(keyOfStage(stageId), conflicts);
  if (answer.out) set(out, answer.out);
  return all;
}

/** Where the service is asked about all targets of this drag. */
export function addressOf(dragged: Dragged, campaign: string): string | null {
  const { stage, module, pupil, subject } = dragged;
  if (!pupil) return stage ? `/api/stages/${stage}/targets${module ? `?module=${module}` : ''}` : null;
  const asking = new URLSearchParams({ enrolmentId: pupil, subject: subject ?? '', ...(stage ? { from: stage } : {}) });
  return `/api/campaigns/${campaign}/stages/targets?${asking}`;
}
