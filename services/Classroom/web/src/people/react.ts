// What is worked out of reactions, without a page.
import type { Reaction } from '../contract';
import type { Shape } from '../icons';
import type { Key } from '../words/say';

export const reactions: readonly Reaction[] = ['understood', 'lost', 'slower', 'done', 'bravo'];

export const reactionSigns: Record<Reaction, Shape> = {
  understood: 'tick',
  lost: 'question',
  slower: 'clock',
  done: 'flag',
  bravo: 'star',
};

export const reactionWords: Record<Reaction, Key> = {
  understood: 'reactUnderstood',
  lost: 'reactLost',
  slower: 'reactSlower',
  done: 'reactDone',
  bravo: 'reactBravo',
};

export interface Shown {
  kind: Reaction;
  until: number;
}

/** Who is lost or has finished stays so longer than an applause lasts. */
export const shownFor = (kind: Reaction): number => (kind === 'done' ? 300_000 : kind === 'lost' ? 60_000 : 15_000);

/** How many of those who are here show what, in the order of the buttons; what nobody shows is left out. */
export function counted(shown: ReadonlyMap<string, Reaction>, here: string[]): [kind: Reaction, many: number][] {
  const many = (kind: Reaction) => here.filter((id) => shown.get(id) === kind).length;
  return reactions.map((kind) => [kind, many(kind)] as [Reaction, number]).filter(([, n]) => n > 0);
}
