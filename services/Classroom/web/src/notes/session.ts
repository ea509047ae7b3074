// For the tests: a class that writes, in a time of its own. Real Yjs and the page's own exchange; the service's rule (NotesTable) in a
// few lines; a network with a delay, and cuts.
import * as Y from 'yjs';
import { Exchange, type Post, type Reading, type Written } from './exchange';

export class Time {
  now = 0;
  #due: { at: number; order: number; run: () => void }[] = [];
  #order = 0;

  later = (run: () => void, milliseconds: number): void => {
    this.#due.push({ at: this.now + milliseconds, order: this.#order++, run });
  };

  async pass(until: () => boolean, longest: number): Promise<void> {
    while (!until() && this.now < longest) {
      this.#due.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#due.shift();
      if (!next) return;
      this.now = next.at;
      next.run();
      // What was promised for this moment happens in it.
      for (let i = 0; i < 6; i++) await Promise.resolve();
    }
  }
}

/** Numbers, keeps and hands on; reads nothing. */
export class Service {
  seq = 0;
  bytes = 0;
  kept: { seq: number; state: Uint8Array }[] = [];
  updates: Uint8Array[] = [];
  writers: Writer[] = [];

  write(from: Writer, update: Uint8Array): number {
    this.updates.push(update);
    this.bytes += update.length;
    this.seq++;
    for (const other of this.writers) if (other !== from) other.hear(this.seq, update);
    return this.seq;
  }

  read(since: number): Reading {
    const state = this.kept.at(-1);
    const from = state && state.seq > since ? state.seq : since;
    const updates = this.updates.slice(from);
    return { seq: this.seq, whole: state?.seq ?? 0, updates: state && state.seq > since ? [state.state, ...updates] : updates };
  }
}

export class Writer {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText('notes');
  readonly exchange: Exchange;
  isOnline = true;
  #time: Time;
  #service: Service;
  #oneWay: () => number;
  #arrives = 0;

  constructor(time: Time, service: Service, oneWay: () => number, isTeacher: boolean) {
    this.#time = time;
    this.#service = service;
    this.#oneWay = oneWay;
    service.writers.push(this);
    const post: Post = {
      write: (update) => this.#ask<Written>(() => ({ ok: true, value: service.write(this, update) }), { ok: false, code: 'offline' }),
      read: (since) => this.#ask<Reading | null>(() => service.read(since), null),
      keep: async (seq, state) => service.kept.push({ seq, state }),
    };
    this.exchange = new Exchange(this.doc, post, () => isTeacher, time.later);
  }

  hear(seq: number, update: Uint8Array): void {
    this.#arrive(() => this.isOnline && this.exchange.take(seq, update));
  }

  cut(milliseconds: number): void {
    this.isOnline = false;
    this.#time.later(() => {
      this.isOnline = true;
      this.exchange.catchUp();
    }, milliseconds);
  }

  /** There and back. An answer that comes while there is no network is lost, and what was asked was done all the same. */
  #ask<T>(act: () => T, lost: T): Promise<T> {
    return new Promise((answer) => {
      if (!this.isOnline) return answer(lost);
      this.#time.later(() => {
        const result = act();
        this.#arrive(() => answer(this.isOnline ? result : lost));
      }, this.#oneWay());
    });
  }

  /** In the order in which it was sent, as over one connection. */
  #arrive(act: () => void): void {
    this.#arrives = Math.max(this.#arrives + 0.01, this.#time.now + this.#oneWay());
    this.#time.later(act, this.#arrives - this.#time.now);
  }

  get isSettled(): boolean {
    return this.isOnline && this.exchange.isSettled && this.exchange.seen === this.#service.seq;
  }
}
