// When the parts come that nobody needs to be heard (later.ts): once a voice plays, or none is to be expected, or somebody wants one.
import type { Marks } from './board/marks';
import type { Parts } from './later';
import type { Sound } from './media/sound';
import { Missed } from './missed';

/** Longer than this a voice takes only on a network that will not be quicker later. */
const patience = 4000;

export class Loading {
  /** Of the board; null until it is there. */
  marks: Marks | null = null;
  #parts: Parts;
  #missed: Missed;
  #begun = false;
  #pressed: HTMLElement | null = null;

  constructor(parts: Parts, sound: Sound) {
    this.#parts = parts;
    const { room, panels } = parts;
    this.#missed = new Missed(room);
    sound.on('plays', () => this.#load());
    panels.on('chosen', () => this.#load());
    room.on('roster', () => {
      const voices = room.inside.some((p) => p.id !== room.me && p.flags.microphone);
      setTimeout(() => this.#load(), voices ? patience : 0);
    });
    for (const kind of ['click', 'submit']) document.addEventListener(kind, (e) => this.#early(e), true);
  }

  /** A press that comes before its part is not lost: it is done again once that is there. */
  #early(e: Event): void {
    if (this.marks || !(e.target instanceof Element)) return;
    const wanted = e.target.closest<HTMLElement>(e.type === 'submit' ? '#class form' : '#class button[type=button]');
    if (!wanted || (e.type === 'click' ? wanted.onclick : wanted.onsubmit)) return;
    e.preventDefault();
    this.#pressed = wanted;
    this.#load();
  }

  async #load(pause = 500): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const { room, panels } = this.#parts;
    try {
      const { come } = await import('./later');
      // Whatever they listen to from now on, they are first told how it is.
      let chosen: ReturnType<typeof panels.latecomers> | undefined;
      let changed: ReturnType<typeof room.latecomers> | undefined;
      const hub = room.hub.latecomers(() => {
        changed = room.latecomers(() => {
          chosen = panels.latecomers(() => {
            this.marks = come(this.#parts);
          });
        });
      });
      if (changed) this.#missed.tell(changed, hub);
      if (panels.now) chosen?.tell('chosen', panels.now);
      const pressed = this.#pressed;
      if (pressed instanceof HTMLFormElement) pressed.requestSubmit();
      else pressed?.click();
    } catch (e) {
      // Without a network now. What has come already is not fetched again.
      if (this.marks) throw e;
      this.#begun = false;
      // A style that did not come is not asked for again by itself, and browsers do not say whether it did.
      for (const link of document.querySelectorAll('link[href*="/later-"]')) link.replaceWith(link.cloneNode());
      setTimeout(() => this.#load(Math.min(2 * pause, 8000)), pause);
    }
  }
}
