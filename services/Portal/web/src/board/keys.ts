// Which key does what, and where an arrow leads to. No page here.

export type Command = 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'open' | 'pin' | 'approve';

const commands = new Map<string, Command>(
  Object.entries({
    ArrowUp: 'up',
    ArrowDown: 'down',
    ArrowLeft: 'left',
    ArrowRight: 'right',
    Home: 'first',
    End: 'last',
    Enter: 'open',
    ' ': 'open',
    p: 'pin',
    v: 'approve',
  }),
);

export const commandOf = (key: string): Command | undefined => commands.get(key.length === 1 ? key.toLowerCase() : key);

/** A session of the week: of which day, at which hour, the how manieth there. */
export interface Place {
  day: number;
  hour: number;
  row: number;
}

/**
 * Where an arrow leads to from one session: up and down through the hours of the day, left and right to the nearest day that has a
 * session at this hour. `counts`: how many sessions each day has at each hour. Null: nowhere.
 */
export function goesTo(command: Command, from: Place, counts: number[][]): Place | null {
  const { day } = from;
  const count = (of: number, hour: number) => counts[of]?.[hour] ?? 0;
  const places = (counts[day] ?? []).flatMap((n, hour) => Array.from({ length: n }, (_, row) => ({ day, hour, row })));
  const here = places.findIndex(({ hour, row }) => hour === from.hour && row === from.row);
  const across = (step: 1 | -1): Place | null => {
    for (let to = day + step; to >= 0 && to < counts.length; to += step)
      if (count(to, from.hour) > 0) return { day: to, hour: from.hour, row: Math.min(from.row, count(to, from.hour) - 1) };
    return null;
  };
  const to: Partial<Record<Command, () => Place | null | undefined>> = {
    up: () => places[here - 1],
    down: () => places[here + 1],
    left: () => across(-1),
    right: () => across(1),
    first: () => places[0],
    last: () => places.at(-1),
  };
  return to[command]?.() ?? null;
}
