// What somebody wrote here in the last half minute. A copy of the service that dies may take with it the last second of what it had
// answered: whoever comes back and finds another one there shows it again.
import type { Room } from './room';

const keptFor = 30_000;

export class Recent<T> {
  #mine = new Map<string, { what: T; at: number }>();
  #room: Room;

  /** @param again What is to be done with something of mine that is missing. */
  constructor(room: Room, again: (what: T, id: string) => void) {
    this.#room = room;
    room.on('inside', (now) => {
      const there = new Set([...now.strokes, ...now.chat].map((one) => one.id));
      this.#prune();
      if (room.heldAnew) for (const [id, { what }] of this.#mine) if (!there.has(id)) again(what, id);
    });
  }

  add(id: string, what: T): void {
    this.#prune();
    this.#mine.set(id, { what, at: this.#room.now });
  }

  forget(id: string): void {
    this.#mine.delete(id);
  }

  forgetWhere(is: (what: T) => boolean): void {
    for (const [id, { what }] of this.#mine) if (is(what)) this.#mine.delete(id);
  }

  #prune(): void {
    for (const [id, { at }] of this.#mine) if (at < this.#room.now - keptFor) this.#mine.delete(id);
  }
}
