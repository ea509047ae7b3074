// Shared notes between this page and the service. What is typed within a moment goes as one update; the service gives each its number
// and hands it on, without reading it. All pages that have had the same numbers show the same text.
import * as Y from 'yjs';
import { Bus } from '../bus';

const batch = 250;
const patience = 1000;

/** So many updates are written down as one state, so that who comes later has little to read. */
export const worthKeeping = 200;

export interface Written {
  ok: boolean;
  code?: string | null;
  /** The number that it was given. */
  value?: number;
}

/** What the service has that is new to us. */
export interface Reading {
  /** The last number that it has. */
  seq: number;
  /** The number up to which one state stands for all. */
  whole: number;
  updates: Uint8Array[];
}

export interface Post {
  write(update: Uint8Array): Promise<Written>;
  /** Null when nobody answers now. */
  read(since: number): Promise<Reading | null>;
  keep(seq: number, state: Uint8Array): Promise<unknown>;
}

/** Refusals after which what was typed here is in nobody else's notes, and never will be. */
const final = ['not-permitted', 'notes-full', 'not-valid', 'teacher-only'];

export type Later = (run: () => void, milliseconds: number) => void;

// A window's own timer wants to be called by the window.
const laterOn: Later = (run, milliseconds) => {
  setTimeout(run, milliseconds);
};

export class Exchange extends Bus<{ refused: string; changed: undefined }> {
  readonly doc: Y.Doc;
  #post: Post;
  #later: Later;
  #mayKeep: () => boolean;
  #seen = 0;
  #whole = 0;
  #early = new Set<number>();
  #mine: Uint8Array[] = [];
  #sending = false;
  #waiting = false;
  #catching = false;
  #over = false;

  /** @param mayKeep whether this page writes states down: a teacher's does */
  constructor(doc: Y.Doc, post: Post, mayKeep: () => boolean, later: Later = laterOn) {
    super();
    this.doc = doc;
    this.#post = post;
    this.#mayKeep = mayKeep;
    this.#later = later;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) {
        this.#mine.push(update);
        this.#soon(batch);
      }
      this.tell('changed', undefined);
    });
  }

  /** Everything that was typed here is with the service. */
  get isSettled(): boolean {
    return this.#mine.length === 0 && !this.#sending;
  }

  /** The last number up to which nothing is missing here. */
  get seen(): number {
    return this.#seen;
  }

  /** At the beginning, and whenever something may have been missed: reads what is new, sends what waits. */
  async catchUp(): Promise<void> {
    if (this.#over) return;
    const reading = await this.#post.read(this.#seen);
    if (this.#over) return;
    if (!reading) return this.#catchUpSoon();
    for (const update of reading.updates) this.#apply(update);
    this.#whole = Math.max(this.#whole, reading.whole);
    this.#seen = Math.max(this.#seen, reading.seq);
    this.#advance();
    await this.#flush();
  }

  /** Somebody else's update, or one that this page sent by a connection that broke. */
  take(seq: number, update: Uint8Array): void {
    this.#apply(update);
    this.#note(seq);
  }

  /** There is something up to this number. */
  heardOf(seq: number): void {
    if (seq > this.#seen) this.#catchUpSoon();
  }

  end(): void {
    this.#over = true;
    this.doc.destroy();
  }

  #apply(update: Uint8Array): void {
    try {
      Y.applyUpdate(this.doc, update, this);
    } catch {
      // Not written by a page of ours: it is passed over here as everywhere.
      console.warn('notes: an update that says nothing');
    }
  }

  #note(seq: number): void {
    if (seq > this.#seen) this.#early.add(seq);
    this.#advance();
    if (this.#early.size > 0) this.#catchUpSoon();
  }

  #advance(): void {
    for (const seq of this.#early) if (seq <= this.#seen) this.#early.delete(seq);
    while (this.#early.delete(this.#seen + 1)) this.#seen++;
    if (this.#seen - this.#whole < worthKeeping || this.#early.size > 0 || !this.#mayKeep()) return;
    this.#whole = this.#seen;
    this.#post.keep(this.#seen, Y.encodeStateAsUpdate(this.doc));
  }

  #catchUpSoon(): void {
    if (this.#catching) return;
    this.#catching = true;
    this.#later(async () => {
      this.#catching = false;
      await this.catchUp();
    }, patience);
  }

  #soon(milliseconds: number): void {
    if (this.#waiting || this.#over) return;
    this.#waiting = true;
    this.#later(() => {
      this.#waiting = false;
      this.#flush();
    }, milliseconds);
  }

  async #flush(): Promise<void> {
    if (this.#sending || this.#mine.length === 0 || this.#over) return;
    const update = Y.mergeUpdates(this.#mine);
    this.#mine = [];
    this.#sending = true;
    const reply = await this.#post.write(update);
    this.#sending = false;
    if (this.#over) return;
    if (reply.ok) {
      this.#note(reply.value ?? 0);
      if (this.#mine.length > 0) this.#soon(batch);
    } else if (final.includes(reply.code ?? '')) this.tell('refused', reply.code ?? '');
    else {
      // Sent twice does no harm: an update that is there already changes nothing.
      this.#mine.unshift(update);
      this.#soon(patience);
    }
  }
}
