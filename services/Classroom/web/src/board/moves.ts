// Marks that are moved: here at once, and on their way to the others. They keep their names; each move has a number, and of two the larger
// one is the later, in whichever order they come.
import type { Moved, Stroke } from '../contract';
import type { Room } from '../room';
import { tellKey } from '../status';
import { whyNot } from '../words/refusals';
import type { Marks } from './marks';
import { type Place, placeOf } from './places';

/** As long as what was written is shown again to another copy of the service (recent.ts). */
const keptFor = 30_000;

export class Moves {
  #room: Room;
  #marks: Marks;
  #mine = new Map<string, { to: Moved; at: number; sent: boolean }>();

  constructor(room: Room, marks: Marks) {
    this.#room = room;
    this.#marks = marks;
    room.hub.on('moved', (to) => marks.moved(to));
    room.on('inside', () => this.#again());
  }

  go(stroke: Stroke, place: Place): void {
    const to = { ...place, id: stroke.id, moved: (stroke.moved ?? 0) + 1 };
    this.#marks.moved(to);
    this.#send(to, { ...placeOf(stroke), id: stroke.id, moved: stroke.moved ?? 0 });
  }

  async #send(to: Moved, before: Moved): Promise<void> {
    const { id, points, width, moved } = to;
    const reply = await this.#room.call('MoveMark', id, points, width, moved);
    const isLast = (this.#mine.get(id)?.to.moved ?? 0) <= moved;
    if (reply.ok || reply.code === 'offline') {
      if (isLast) this.#mine.set(id, { to, at: this.#room.now, sent: reply.ok });
      return;
    }
    if (isLast) this.#mine.delete(id);
    // Unless somebody else has moved it meanwhile.
    if (this.#marks.find(id)?.points === points) this.#marks.moved(before, true);
    tellKey(whyNot('MoveMark', reply.code));
  }

  /** What did not arrive, or went with a copy that died. */
  #again(): void {
    for (const [id, { to, at, sent }] of this.#mine) {
      if (sent && at < this.#room.now - keptFor) this.#mine.delete(id);
      else if (!sent || this.#room.heldAnew) {
        const stroke = this.#marks.find(id);
        if (!stroke || (stroke.moved ?? 0) >= to.moved) continue;
        this.#marks.moved(to);
        this.#send(to, { ...placeOf(stroke), id, moved: stroke.moved ?? 0 });
      }
    }
  }
}
