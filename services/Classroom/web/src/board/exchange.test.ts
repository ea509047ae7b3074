import { expect, it, vi } from 'vitest';
import { Bus } from '../bus';
import type { Inside, Mark, Moved, News, Reply, Stroke } from '../contract';
import type { Changes, Room } from '../room';
import { Exchange } from './exchange';
import { placeOf } from './places';

vi.mock('../status', () => ({ tellKey: () => {} }));

type Told = { [K in keyof News]: [K, News[K]] }[keyof News];

/** The rules of the service (ClassGrain.Board.cs), for who may do everything. */
class Service {
  board = new Map<string, Stroke>();
  pages: Page[] = [];
  holder = 1;

  say(...told: Told): void {
    for (const page of this.pages) page.inbox.push(told);
  }

  answer(by: string, name: string, values: unknown[]): Reply {
    const [first, second] = values as [string, Mark & number[]];
    if (name === 'Draw' && !this.board.has(second.id)) {
      const stroke = { ...second, sheet: first, by };
      this.board.set(stroke.id, stroke);
      this.say('stroke', stroke);
    } else if (name === 'Erase' && this.board.delete(first)) this.say('erased', { id: first });
    else if (name === 'Wipe') {
      for (const [id, s] of this.board) if (s.sheet === first) this.board.delete(id);
      this.say('cleared', { sheet: first });
    } else if (name === 'MoveMark') {
      const [id, points, width, moved] = values as [string, number[], number, number];
      const stroke = this.board.get(id);
      if (stroke && moved > (stroke.moved ?? 0)) {
        this.board.set(id, { ...stroke, points, width, moved });
        this.say('moved', { id, points, width, moved, mover: by });
      }
    }
    return { ok: true };
  }
}

/** One person's page: what it asks waits on the way there, what it is told on the way back. */
class Page extends Bus<Changes> {
  hub = new Bus<News>();
  inbox: Told[] = [];
  outbox: { name: string; values: unknown[]; done: (reply: Reply) => void }[] = [];
  exchange: Exchange;
  heldAnew = false;
  now = 0;
  isTeacher = true;
  isPupil = false;
  desk = null;
  me: string;
  #service: Service;

  constructor(me: string, service: Service) {
    super();
    this.me = me;
    this.#service = service;
    service.pages.push(this);
    this.exchange = new Exchange(this as unknown as Room);
  }

  person = () => undefined;
  ask = (name: string, ...values: unknown[]) => this.call(name, ...values);
  call = (name: string, ...values: unknown[]) => new Promise<Reply>((done) => this.outbox.push({ name, values, done }));

  /** One thing arrives. */
  async goOn(): Promise<boolean> {
    const asked = Math.random() < 0.5 || !this.inbox.length ? this.outbox.shift() : undefined;
    if (asked) asked.done(this.#service.answer(this.me, asked.name, asked.values));
    else {
      const told = this.inbox.shift();
      if (!told) return false;
      this.hub.tell(...(told as ['erased', News['erased']]));
    }
    await Promise.resolve();
    return true;
  }

  /** The line breaks, and comes back: what was on its way is lost, on either way. */
  async cut(): Promise<void> {
    for (const { done } of this.outbox.splice(0)) done({ ok: false, code: 'offline' });
    this.inbox = [];
    for (let i = 0; i < 5; i++) await Promise.resolve();
    this.tell('inside', { strokes: [...this.#service.board.values()], chat: [] } as unknown as Inside);
  }

  async act(n: number): Promise<void> {
    const { exchange } = this;
    const sheet = `page/${n % 2}`;
    const all = exchange.marks.of(sheet);
    const one = all[Math.floor(Math.random() * all.length)];
    const id = `${this.me}${n}`;
    const kind = Math.random();
    if (kind < 0.3 || !one) exchange.draw(sheet, { id, points: [n, n, 50], colour: '#102030', width: 4, kind: 'pen' });
    else if (kind < 0.65) exchange.move(one.id, { points: [n + 1, Math.floor(Math.random() * 600), 50], width: 4 });
    else if (kind < 0.75) exchange.undo(sheet);
    else if (kind < 0.85) exchange.redo(sheet);
    else if (kind < 0.93) exchange.erase(one.id);
    else if (kind < 0.96) exchange.wipe(sheet);
    else await this.cut();
  }
}

const shown = (board: Iterable<Stroke>) => [...board].map((s) => `${s.sheet} ${s.id} ${s.points} ${s.moved ?? 0}`).sort();

it('ends with the same on all pages, whatever is drawn, moved, undone, rubbed out and wiped in whichever order', async () => {
  for (let run = 0; run < 60; run++) {
    const service = new Service();
    const pages = ['lina', 'noah', 'ines'].map((me) => new Page(me, service));
    for (let n = 0; n < 60; n++) {
      const page = pages[Math.floor(Math.random() * 3)] as Page;
      if (Math.random() < 0.4) await page.act(n);
      else await page.goOn();
    }
    for (let more = true; more; ) {
      more = false;
      for (const page of pages) more = (await page.goOn()) || more;
    }
    for (const page of pages)
      expect([page.me, shown([0, 1].flatMap((n) => page.exchange.marks.of(`page/${n}`)))]).toEqual([
        page.me,
        shown(service.board.values()),
      ]);
  }
});

it('moves again what a copy that died had answered, and no more than that', async () => {
  const service = new Service();
  const lina = new Page('lina', service);
  const all = async () => {
    while (await lina.goOn());
  };
  for (const id of ['a', 'b', 'c']) lina.exchange.draw('page/1', { id, points: [1, 1, 50], colour: '#102030', width: 4, kind: 'pen' });
  await all();
  const before = new Map(service.board);
  for (const id of ['a', 'b']) lina.exchange.move(id, { points: [9, 9, 50], width: 4 });
  await all();
  // Somebody else moved it since, and that is known.
  const later: Moved = { id: 'b', points: [5, 5, 50], width: 4, moved: 2 };
  service.board = before;
  service.board.set('b', { ...(before.get('b') as Stroke), ...later });
  lina.heldAnew = true;
  await lina.cut();
  await all();
  expect(['a', 'b', 'c'].map((id) => placeOf(service.board.get(id) as Stroke).points[0])).toEqual([9, 5, 1]);
  expect(['a', 'b', 'c'].map((id) => lina.exchange.marks.find(id)?.points[0])).toEqual([9, 5, 1]);
});
