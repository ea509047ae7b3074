// How shared notes travel: bytes that only browsers read, in letters, since the signalling is text.
import type { Reply } from '../contract';
import type { Room } from '../room';
import type { Post, Written } from './exchange';
import { bytes, letters } from './letters';

/** As RoomHub has it. */
interface Notes {
  seq: number;
  whole: number;
  updates: string[];
}

export const post = (room: Room): Post => ({
  write: async (update) => (await room.call<number>('WriteNotes', letters(update))) as Written,
  read: async (since) => {
    const { ok, value }: Reply<Notes> = await room.call<Notes>('ReadNotes', since);
    return ok && value ? { ...value, updates: value.updates.map(bytes) } : null;
  },
  keep: (seq, state) => room.call('KeepNotes', seq, letters(state)),
});
