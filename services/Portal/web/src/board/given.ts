// What the unit tests of the board are given: a small campaign of two weeks.
import type { Plan, Pupil, Stage } from './wire';
import { sayIn, Words } from './words';

const days = (monday: number, month: string) =>
  ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'].map((name, i) => ({
    date: `2021-${month}-${String(monday + i).padStart(2, '0')}`,
    name: `${name} ${monday + i}`,
    closed: false,
  }));

export const plan: Plan = {
  weeks: [
    { label: 'A', title: 'Semaine du 19 avril', days: days(19, '04') },
    { label: 'B', title: 'Semaine du 3 mai', days: days(3, '05') },
  ],
  starts: ['09:00', '11:15', '14:00'],
  minutes: 120,
  rules: { groupMin: 2 },
  subjects: [
    { code: 'FR', name: 'Français' },
    { code: 'MA', name: 'Mathématiques' },
  ],
  levels: ['6e', '5e', '4e'],
  statuses: { draft: 'Brouillon', approved: 'Validé', published: 'Publié' },
  live: ['draft', 'approved', 'published'],
};

export const seat = (enrolmentId: string, level = '6e'): Stage['pupils'][number] => ({
  enrolmentId,
  wish: 'FR',
  level,
  schoolUai: '0340001A',
  status: 'placed',
  answerBefore: '',
});

export const module = (id: string, date: string, start: string): Stage['modules'][number] => ({
  id,
  date,
  start,
  end: '',
  startsAt: '',
  endsAt: '',
  slot: '',
});

export const stage = (changed: Partial<Stage> = {}): Stage => ({
  id: 's1',
  campaignId: 'c',
  subject: 'FR',
  level: '6e',
  levels: ['6e'],
  week: 'A',
  teacherOfferId: 'o1',
  teacherName: 'Hélène Arnaud',
  modules: [module('m1', '2021-04-19', '09:00'), module('m2', '2021-04-21', '11:15')],
  pupils: [seat('p1'), seat('p2')],
  status: 'draft',
  pinned: false,
  needsTeacher: false,
  freePlaces: 4,
  reason: null,
  version: 3,
  ...changed,
});

export const pupil = (id: string, firstName: string, lastName: string, changed: Partial<Pupil> = {}): Pupil => ({
  id,
  firstName,
  lastName,
  level: '6e',
  schoolUai: '0340001A',
  wishes: ['FR'],
  ...changed,
});

export const people = new Map(
  [
    pupil('p1', 'Inès', 'Durand'),
    pupil('p2', 'Maya', 'Costa'),
    pupil('p3', 'Noé', 'Martin', { level: '5e', schoolUai: '0300002B', wishes: ['FR', 'MA'] }),
  ].map((each) => [each.id, each]),
);

export const french = new Words(plan, people, sayIn('fr'));
export const english = new Words(plan, people, sayIn('en'));
