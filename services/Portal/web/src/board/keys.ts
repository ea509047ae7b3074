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

export interface Place {
  column: number;
  row: number;
}

/** Where a command leads from one place, in columns of so many cards; null: nowhere. */
export function goesTo(command: Command, from: Place, heights: number[]): Place | null {
  const last = (column: number) => (heights[column] ?? 0) - 1;
  const across = (column: number) => ({ column, row: Math.min(from.row, last(column)) });
  const to: Partial<Record<Command, Place>> = {
    up: { ...from, row: from.row - 1 },
    down: { ...from, row: from.row + 1 },
    left: across(from.column - 1),
    right: across(from.column + 1),
    first: { ...from, row: 0 },
    last: { ...from, row: last(from.column) },
  };
  const there = to[command];
  return there && there.row >= 0 && there.row <= last(there.column) ? there : null;
}
