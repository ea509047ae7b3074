// Availability as it is painted: what a tap, an arrow or a whole morning does to a cell. No page here.

export type State = '' | 'possible' | 'preferred';

const order: State[] = ['', 'possible', 'preferred'];
export const mark: Record<State, string> = { '': '', possible: '✓', preferred: '★' };

export const isState = (text: string): text is State => (order as string[]).includes(text);

/** What a tap makes of it: nothing, possible, preferred, nothing. */
export const next = (state: State): State => order[(order.indexOf(state) + 1) % order.length] ?? '';

/** Rows and columns that an arrow moves by. */
export const arrows: Record<string, [down: number, right: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Whether a slot, named with the hour at its end (`A-MON-09:00`), is in the morning. */
export const isMorning = (slot: string): boolean => Number(slot.slice(-5, -3)) < 12;

/** A whole half-day switched on fills what is empty; switched off it empties what is merely possible. Null: stays. */
export function filled(state: State, on: boolean): State | null {
  if (on) return state === '' ? 'possible' : null;
  return state === 'possible' ? '' : null;
}

/** Sessions that a stage could have with these slots (`A-MON-09:00`, by day), as many a day as the rules allow. */
export function sessions(slots: string[], daily: number): number {
  const days = new Map<string, number>();
  for (const slot of slots) days.set(slot.slice(0, -6), (days.get(slot.slice(0, -6)) ?? 0) + 1);
  return [...days.values()].reduce((all, day) => all + Math.min(day, daily), 0);
}
