import { spaced } from '../french';
import type { Module, Plan, Pupil, Stage } from './wire';

export type Say = (french: string, english: string) => string;

export const sayIn =
  (language: string | undefined): Say =>
  (french, english) =>
    language === 'en' ? english : spaced(french);

/** How things of the board are called. */
export class Words {
  readonly plan: Plan;
  readonly say: Say;
  readonly #people: ReadonlyMap<string, Pupil>;

  constructor(plan: Plan, people: ReadonlyMap<string, Pupil>, say: Say) {
    this.plan = plan;
    this.#people = people;
    this.say = say;
  }

  subject(code: string): string {
    return this.plan.subjects.find((subject) => subject.code === code)?.name ?? code;
  }

  title(stage: Stage): string {
    return `${this.subject(stage.subject)} ${stage.level}`;
  }

  teacher(stage: Stage): string {
    return stage.needsTeacher ? this.say('Enseignant à remplacer', 'Teacher to replace') : (stage.teacherName ?? '');
  }

  status(stage: Stage): string {
    return this.plan.statuses[stage.status] ?? stage.status;
  }

  /** A pupil that the coordinator may not read has a number for a name. */
  pupil(id: string): string {
    const pupil = this.#people.get(id);
    return pupil ? shortName(pupil) : id.slice(-4);
  }

  hour(start: string): string {
    return this.say(start.replace(/^0/, '').replace(':00', ' h').replace(':', ' h '), start);
  }

  when(stage: Stage, module: Pick<Module, 'date' | 'start'>): string {
    const day = this.plan.weeks.find((week) => week.label === stage.week)?.days.find((each) => each.date === module.date);
    return `${day?.name ?? module.date} ${this.hour(module.start)}`;
  }

  /** How many pupils of how many. */
  filling(stage: Stage): string {
    return `${stage.pupils.length}/${stage.pupils.length + stage.freePlaces}`;
  }

  /** What a small block of a stage does not show, for those who do not see the tray beside it. */
  rest(stage: Stage): string {
    return [
      this.teacher(stage),
      ...stage.modules.map((module) => this.when(stage, module)),
      `${stage.pupils.length} ${this.say('élève', 'pupil')}${stage.pupils.length > 1 ? 's' : ''}`,
      this.status(stage),
      ...(stage.pinned ? [this.say('épinglé', 'pinned')] : []),
    ].join(', ');
  }

  /** That somebody, or the reader, has just changed a stage. */
  hasChanged(who: string): string {
    if (who === this.you) return this.say('Vous venez de modifier ce stage', 'You have just changed this stage');
    return this.say(`${who} vient de modifier ce stage`, `${who} has just changed this stage`);
  }

  get you(): string {
    return this.say('Vous', 'You');
  }

  /** What is different between two states of a stage. */
  differences(before: Stage, after: Stage): string[] {
    const { say } = this;
    const times = (stage: Stage) => stage.modules.map((module) => this.when(stage, module)).join(', ');
    const ids = (stage: Stage) => new Set(stage.pupils.map((pupil) => pupil.enrolmentId));
    const [there, here] = [ids(before), ids(after)];
    const texts: string[] = [];
    if (before.week !== after.week)
      texts.push(say(`semaine ${after.week} au lieu de ${before.week}`, `week ${after.week} instead of ${before.week}`));
    if (times(before) !== times(after)) texts.push(say(`séances : ${times(after)}`, `sessions: ${times(after)}`));
    if (before.teacherOfferId !== after.teacherOfferId)
      texts.push(say(`enseignant : ${this.teacher(after)}`, `teacher: ${this.teacher(after)}`));
    else if (before.needsTeacher !== after.needsTeacher && after.needsTeacher) texts.push(this.teacher(after));
    for (const id of here) if (!there.has(id)) texts.push(say(`${this.pupil(id)} est entré(e)`, `${this.pupil(id)} came in`));
    for (const id of there) if (!here.has(id)) texts.push(say(`${this.pupil(id)} est sorti(e)`, `${this.pupil(id)} left`));
    if (before.pinned !== after.pinned) texts.push(after.pinned ? say('épinglé', 'pinned') : say('désépinglé', 'unpinned'));
    if (before.status !== after.status) texts.push(this.status(after));
    return texts;
  }
}

export const shortName = (pupil: Pupil): string => `${pupil.firstName} ${pupil.lastName.slice(0, 1)}.`;
export const fullName = (pupil: Pupil): string => `${pupil.firstName} ${pupil.lastName}`;
