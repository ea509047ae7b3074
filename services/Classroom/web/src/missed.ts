// What the parts that come later (later.ts) have missed of the class: how it is now, and what is told one by one since one was let in.
import type { Bus } from './bus';
import type { Inside, Welcome } from './contract';
import type { Hub } from './hub';
import { type Changes, nobody, type Room } from './room';

/** What no later news repeats. */
const once = ['chat', 'stroke', 'moved', 'erased', 'cleared', 'noted', 'reaction'] as const;

type HubEars = ReturnType<Hub['latecomers']>;

export class Missed {
  #room: Room;
  #welcome: Welcome | null = null;
  #inside: Inside | null = null;
  #since: ((hub: HubEars) => void)[] = [];
  #told = false;

  constructor(room: Room) {
    this.#room = room;
    room.on('welcome', (now) => {
      this.#welcome = now;
    });
    room.on('inside', (now) => {
      this.#inside = now;
      this.#since = [];
    });
    for (const kind of once)
      room.hub.on(kind, (said) => {
        if (!this.#told) this.#since.push((hub) => hub.tell(kind, said));
      });
  }

  /** To them alone, in the order of a welcome. */
  tell(to: Bus<Changes>, hub: HubEars): void {
    const { info, roster, desk } = this.#room;
    this.#told = true;
    if (!this.#welcome || !this.#inside || !info) return;
    to.tell('welcome', this.#welcome);
    to.tell('inside', this.#inside);
    for (const tell of this.#since) tell(hub);
    this.#since = [];
    to.tell('hours', info);
    to.tell('roster', nobody);
    if (desk) to.tell('desk', null);
    if (roster.admitted) to.tell('people', undefined);
  }
}
