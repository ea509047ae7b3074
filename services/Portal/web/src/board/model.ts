import type { Offer, Plan, Pupil, Stage } from './wire';
import { fullName, type Words } from './words';

/** What the coordinator wants to see; empty: all. Lower case. */
export interface Filter {
  subject: string;
  level: string;
  status: string;
  school: string;
  teacher: string;
}

/** In the place of a status: stages that want something done. */
export const trouble = 'trouble';

export interface Wish {
  pupil: Pupil;
  subject: string;
}

export const keyOf = (pupil: string, subject: string): string => `${pupil}/${subject}`;

/** The board as it is known here: stages, who is placed where, whose wish waits. No page here. */
export class Model {
  readonly stages = new Map<string, Stage>();
  readonly people = new Map<string, Pupil>();
  readonly offers = new Map<string, Offer>();
  /** Who changed a stage last, as far as was heard. */
  readonly lastBy = new Map<string, string>();
  /** What stands against stages as they are, in sentences; asked for by whoever looks for it. */
  readonly conflicts = new Map<string, string[]>();
  readonly plan: Plan;
  // How often each wish is placed, kept as stages come and go.
  readonly #placed = new Map<string, number>();
  readonly #ranks = new Map<string, number>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  put(stage: Stage): void {
    this.#count(this.stages.get(stage.id), -1);
    this.#count(stage, 1);
    this.stages.set(stage.id, stage);
  }

  drop(id: string): boolean {
    this.#count(this.stages.get(id), -1);
    return this.stages.delete(id);
  }

  isPlaced(pupil: string, subject: string): boolean {
    return (this.#placed.get(keyOf(pupil, subject)) ?? 0) > 0;
  }

  /** Whether what came is newer than what is here. */
  isNews(stage: Stage): boolean {
    return (this.stages.get(stage.id)?.version ?? -1) < stage.version;
  }

  /** Subject by subject, level by level, in the campaign's order. */
  readonly order = (a: Stage, b: Stage): number => this.#rank(a) - this.#rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

  week(label: string) {
    return this.plan.weeks.find((week) => week.label === label);
  }

  shows(stage: Stage, filter: Filter, words: Words): boolean {
    const isCalled = (id: string) =>
      fullName(this.people.get(id) ?? nobody)
        .toLowerCase()
        .includes(filter.teacher);
    return (
      (!filter.subject || stage.subject.toLowerCase() === filter.subject) &&
      (!filter.level || stage.levels.some((level) => level.toLowerCase() === filter.level)) &&
      (!filter.status || (filter.status === trouble ? this.isTrouble(stage) : stage.status === filter.status)) &&
      (!filter.school || stage.pupils.some((pupil) => isOf(pupil.schoolUai, filter.school))) &&
      (!filter.teacher ||
        words.teacher(stage).toLowerCase().includes(filter.teacher) ||
        stage.pupils.some((pupil) => isCalled(pupil.enrolmentId)))
    );
  }

  /** What a coordinator has to see to: what the stage itself tells, and what was found against it when that was last asked. */
  troubles(stage: Stage, { say }: Words): string[] {
    const troubles: string[] = [];
    if (stage.needsTeacher) troubles.push(say('enseignant à remplacer', 'teacher to replace'));
    const least = this.plan.rules.groupMin;
    if (stage.pupils.length < least) troubles.push(say(`moins de ${least} élèves`, `fewer than ${least} pupils`));
    return [...troubles, ...(this.conflicts.get(stage.id) ?? [])];
  }

  isTrouble(stage: Stage): boolean {
    return stage.needsTeacher || stage.pupils.length < this.plan.rules.groupMin || this.conflicts.has(stage.id);
  }

  /** Wishes without a place, of those who are wanted. */
  unplaced(filter: Filter): Wish[] {
    const wanted = [...this.people.values()].filter(
      (pupil) =>
        (!filter.level || pupil.level.toLowerCase() === filter.level) &&
        (!filter.school || isOf(pupil.schoolUai, filter.school)) &&
        (!filter.teacher || fullName(pupil).toLowerCase().includes(filter.teacher)),
    );
    return wanted.flatMap((pupil) =>
      pupil.wishes
        .filter((subject) => !this.isPlaced(pupil.id, subject) && (!filter.subject || subject.toLowerCase() === filter.subject))
        .map((subject) => ({ pupil, subject })),
    );
  }

  /** Teachers who could take the stage over, and the one who has it. */
  able(stage: Stage): Offer[] {
    const teaches = (offer: Offer) =>
      offer.teaches.some((each) => each.subject === stage.subject && stage.levels.every((level) => each.levels.includes(level)));
    return [...this.offers.values()].filter(
      (offer) => offer.id === stage.teacherOfferId || (offer.status !== 'withdrawn' && teaches(offer)),
    );
  }

  /** Stages to which a pupil of this one could go. */
  others(stage: Stage, level: string): Stage[] {
    return [...this.stages.values()]
      .filter((other) => other.id !== stage.id && other.subject === stage.subject && other.levels.includes(level))
      .sort(this.order);
  }

  #count(stage: Stage | undefined, by: number): void {
    for (const pupil of stage?.pupils ?? []) {
      const key = keyOf(pupil.enrolmentId, stage?.subject ?? '');
      this.#placed.set(key, (this.#placed.get(key) ?? 0) + by);
    }
  }

  #rank(stage: Stage): number {
    const key = `${stage.subject} ${stage.levels[0]}`;
    let rank = this.#ranks.get(key);
    if (rank === undefined) {
      const subject = this.plan.subjects.findIndex((each) => each.code === stage.subject);
      rank = subject * 100 + this.plan.levels.indexOf(stage.levels[0] ?? '');
      this.#ranks.set(key, rank);
    }
    return rank;
  }
}

const nobody: Pupil = { id: '', firstName: '', lastName: '', level: '', schoolUai: '', wishes: [] };

/** A school by its number, or a territory by the number's beginning. */
const isOf = (uai: string, territory: string): boolean => uai.toLowerCase().startsWith(territory);
