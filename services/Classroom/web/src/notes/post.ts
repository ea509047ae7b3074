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

/** The notes of a small group; null: those of the class. */
export type Book = { readonly round: number; readonly group: number } | null;

export const keyOf = (book: Book): string => (book ? `${book.round}/${book.group}` : '');

export const post = (room: Room, book: Book): Post => {
  const call = <T>(act: 'Write' | 'Read' | 'Keep', ...values: unknown[]): Promise<Reply<T>> =>
    book ? room.call<T>(`${act}GroupNotes`, book.round, book.group, ...values) : room.call<T>(`${act}Notes`, ...values);
  return {
    write: async (update) => (await call<number>('Write', letters(update))) as Written,
    read: async (since) => {
      const { ok, value } = await call<Notes>('Read', since);
      return ok && value ? { ...value, updates: value.updates.map(bytes) } : null;
    },
    keep: (seq, state) => call('Keep', seq, letters(state)),
  };
};

/** Where one is in them. */
export const point = (room: Room, book: Book, at: string | null): Promise<unknown> =>
  book ? room.hub.call('PointInGroupNotes', book.round, book.group, at) : room.hub.call('PointInNotes', at);
