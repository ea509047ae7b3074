// What the page knows of the class, and who wants to hear that it changed. The parts of the page know the room, not one another.
import { Bus } from './bus';
import type { Desk, Info, Inside, Person, Reaction, Reply, Role, Roster, Welcome } from './contract';
import { Hub } from './hub';
import { Media } from './media/media';
import { tellKey } from './status';
import { whyNot } from './words/refusals';

export interface Changes {
  welcome: Welcome;
  /** Let in, or back in: what was said and drawn before. */
  inside: Inside;
  /** Who is here: as it was. */
  roster: Roster;
  /** As it was; null the first time. */
  desk: Desk | null;
  /** Something that is seen of people: their flags, hands, our own controls. */
  people: undefined;
  hours: Info;
  /** The page is left: nothing goes on behind it. */
  out: undefined;
}

export const nobody: Roster = {
  begun: false,
  locked: false,
  admitted: false,
  paused: false,
  ended: false,
  people: [],
  recording: null,
  missing: [],
};

export class Room extends Bus<Changes> {
  readonly hub = new Hub();
  readonly media = new Media(this.hub);
  me = '';
  role: Role | null = null;
  info: Info | null = null;
  roster = nobody;
  desk: Desk | null = null;
  /** Who holds the class, as the last welcome said, and whether that is somebody else than before. */
  holder = 0;
  heldAnew = false;
  /** What is shown of whom at the moment. */
  reactions: ReadonlyMap<string, Reaction> = new Map();
  /** Of the server's clock to this one, in milliseconds. */
  clockOffset = 0;
  /** Who asks, beside the cookie: module and seat. */
  query = '';

  get isTeacher(): boolean {
    return this.role === 'teacher' || !!this.person(this.me)?.leads;
  }

  get isPupil(): boolean {
    return this.role === 'pupil';
  }

  get inside(): Person[] {
    return this.roster.people.filter((p) => p.admitted);
  }

  /** Null for whom nothing is forbidden. */
  get limits() {
    return this.isPupil ? (this.desk?.permissions ?? null) : null;
  }

  /** Raised hands in their order; who has left has none. */
  get hands(): string[] {
    return (this.desk?.hands ?? []).filter((id) => this.person(id));
  }

  person(id: string): Person | undefined {
    return this.roster.people.find((p) => p.id === id);
  }

  nameOf(id: string): string {
    return this.person(id)?.name ?? '…';
  }

  get now(): number {
    return Date.now() + this.clockOffset;
  }

  takeRoster(roster: Roster): void {
    const before = this.roster;
    this.roster = roster;
    this.tell('roster', before);
  }

  takeDesk(desk: Desk): void {
    const before = this.desk;
    this.desk = desk;
    this.tell('desk', before);
  }

  takeHours(info: Info): void {
    this.info = info;
    this.tell('hours', info);
  }

  /** A request that a page with no network sends is not lost: everything that counts is asked for again by the welcome. */
  async call<T = unknown>(name: string, ...values: unknown[]): Promise<Reply<T>> {
    try {
      const reply = await this.hub.call<Reply<T>>(name, ...values);
      if (reply && !reply.ok && reply.code === 'not-permitted') tellKey('notPermitted');
      return reply;
    } catch {
      return { ok: false, code: 'offline' };
    }
  }

  /** What somebody at this page wants: where it is refused, the page says why. */
  async ask<T = unknown>(name: string, ...values: unknown[]): Promise<Reply<T>> {
    const reply = await this.call<T>(name, ...values);
    if (!reply.ok) tellKey(whyNot(name, reply.code));
    return reply;
  }

  /** What is sent of us, for all to see. */
  tellFlags(): Promise<Reply> {
    const flags = { microphone: !!this.media.mic, camera: !!this.media.camera, sharing: !!this.media.screen };
    Object.assign(this.person(this.me)?.flags ?? {}, flags);
    this.tell('people', undefined);
    return this.call('SetFlags', flags.microphone, flags.camera, flags.sharing);
  }
}
