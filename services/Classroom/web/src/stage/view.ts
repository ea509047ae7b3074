// What the class has before it, and what one looks at: worked out here, without a page.
import type { Desk, Person, View } from '../contract';

export const views: readonly View[] = ['faces', 'board', 'document', 'screen', 'slates'];

/** Whose screen is meant: the teacher's before a pupil's. */
export const sharerOf = (people: Person[]): Person | undefined => {
  const sharing = people.filter((p) => p.flags.sharing);
  return sharing.find((p) => p.role === 'teacher') ?? sharing[0];
};

type Shown = Pick<Desk, 'view' | 'shown' | 'slates'>;

/** There is something to see there. */
export const isThere = (view: View, desk: Shown | null, people: Person[]): boolean =>
  ({ faces: true, board: true, document: !!desk?.shown, screen: !!sharerOf(people), slates: !!desk?.slates })[view];

/** What the class sees; its faces where the rest has gone: a screen that is shared no more, a document that was taken away. */
export const classSees = (desk: Shown | null, people: Person[]): View => {
  const view = desk?.view ?? 'faces';
  return isThere(view, desk, people) ? view : 'faces';
};

/** @param own what one has chosen for oneself; null for whoever follows. */
export const iSee = (own: View | null, desk: Shown | null, people: Person[]): View =>
  own && isThere(own, desk, people) ? own : classSees(desk, people);
