// The way to the service: SignalR over a WebSocket or, on a network that lets none through, over plain requests. It does not give up:
// nobody clicks to come back.
import { HttpTransportType, type HubConnection, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from '@microsoft/signalr';
import { Bus } from './bus';
import type { News } from './contract';
import { type Way, Ways } from './ways';

const silence = 12_000;
const ping = 4000; // as the server's own
/** Some networks swallow a WebSocket without a word. */
const patience = 4000;

/** What befalls the connection itself. */
interface Fates {
  open: Way;
  lost: undefined;
  /** It does not open, so many times. */
  refused: number;
}

/** Every kind of news once: what is not named here would be lost. */
const kinds: Record<keyof News, true> = {
  welcome: true,
  inside: true,
  roster: true,
  desk: true,
  flags: true,
  media: true,
  offer: true,
  chat: true,
  stroke: true,
  moved: true,
  erased: true,
  cleared: true,
  ink: true,
  mute: true,
  removed: true,
  superseded: true,
  hours: true,
  ended: true,
  noted: true,
  notedUpTo: true,
  groupNoted: true,
  groupPointed: true,
  reaction: true,
  files: true,
  pointed: true,
};

export class Hub extends Bus<News & Fates> {
  #address = '';
  #reaches: () => Promise<boolean> = async () => false;
  #connection: HubConnection | null = null;
  #ready = false;
  #closed = true;
  #failures = 0;
  #lostAt = 0;
  #ways = new Ways();
  #again: ReturnType<typeof setTimeout> | undefined;

  get isOpen(): boolean {
    return this.#ready;
  }

  get way(): Way {
    return this.#ways.now;
  }

  /** @param reaches whether the service answers an ordinary request of who has a seat */
  start(address: string, reaches: () => Promise<boolean>): void {
    this.#address = address;
    this.#reaches = reaches;
    this.#closed = false;
    addEventListener('online', () => {
      if (!this.#connection) this.#open();
    });
    this.#open();
  }

  close(): void {
    const connection = this.#connection;
    this.#closed = true;
    this.#connection = null;
    this.#ready = false;
    clearTimeout(this.#again);
    connection?.stop();
  }

  /** Calls the server; resolves with its answer, rejects when the connection breaks meanwhile. */
  call<T>(target: string, ...args: unknown[]): Promise<T> {
    return this.#ready && this.#connection ? this.#connection.invoke<T>(target, ...args) : Promise.reject(new Error('offline'));
  }

  async #open(): Promise<void> {
    clearTimeout(this.#again);
    if (this.#closed || this.#connection) return;
    const connection = connect(turned(this.#address, this.#ways.turn), this.way);
    const from = Date.now();
    this.#connection = connection;
    for (const kind of Object.keys(kinds) as (keyof News)[])
      connection.on(kind, (said: never) => {
        // The first news may come before the connection says that it is open.
        this.#opened(connection);
        if (connection === this.#connection) this.tell(kind, said);
      });
    connection.onclose(() => this.#lost(connection));
    try {
      await connection.start();
      this.#opened(connection);
    } catch {
      await this.#failed(connection, Date.now() - from >= patience);
    }
  }

  #opened(connection: HubConnection): void {
    if (connection !== this.#connection || this.#ready) return;
    this.#ready = true;
    this.#failures = 0;
    this.#ways.worked();
    this.tell('open', this.way);
  }

  async #failed(connection: HubConnection, swallowed: boolean): Promise<void> {
    if (connection !== this.#connection) return;
    this.#failures++;
    const changed = this.#ways.failed(await this.#reaches(), swallowed);
    if (connection !== this.#connection) return;
    this.#connection = null;
    if (this.#failures >= 3) this.tell('refused', this.#failures);
    // Every second at first, since a copy that died is replaced within ten; after half a minute slower, up to five seconds. Spread, so
    // that a class does not come back in one instant.
    const slowest = Date.now() - this.#lostAt < 30_000 ? 1000 : 5000;
    this.#later(changed ? 0 : Math.min(slowest, 200 * 2 ** this.#failures) * (0.5 + Math.random() / 2));
  }

  #lost(connection: HubConnection): void {
    if (connection !== this.#connection || !this.#ready) return;
    this.#connection = null;
    this.#ready = false;
    this.#lostAt = Date.now();
    this.#ways.lost();
    this.tell('lost', undefined);
    this.#later(100 + Math.random() * 300);
  }

  #later(pause: number): void {
    if (!this.#closed) this.#again = setTimeout(() => this.#open(), pause);
  }
}

/** A connection that is not open yet: tried once, by one way. */
export function connect(address: string, way: Way): HubConnection {
  const options: IHttpConnectionOptions & { WebSocket?: typeof WebSocket } =
    way === 'socket'
      ? // Without asking first by a request: one step less, and any copy of the service will do.
        { transport: HttpTransportType.WebSockets, skipNegotiation: true, WebSocket: impatient() }
      : { transport: HttpTransportType.LongPolling };
  const connection = new HubConnectionBuilder().withUrl(address, options).configureLogging(LogLevel.None).build();
  connection.serverTimeoutInMilliseconds = silence;
  connection.keepAliveIntervalInMilliseconds = ping;
  return connection;
}

/** By which way there is an answer at this address, and what it says to one question; a null way: by none. */
export async function openWay<T>(address: string, question: string): Promise<{ way: Way | null; said: T | null }> {
  for (const way of ['socket', 'requests'] as const)
    for (const turn of [0, 1]) {
      const from = Date.now();
      const connection = connect(turned(address, turn), way);
      try {
        await connection.start();
        const said = await connection.invoke<T>(question).catch(() => null);
        connection.stop();
        return { way, said };
      } catch {
        if (Date.now() - from >= patience) break;
      }
    }
  return { way: null, said: null };
}

const turned = (address: string, turn: number) => `${address}${address.includes('?') ? '&' : '?'}turn=${turn}`;

function impatient(): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const timer = setTimeout(() => this.close(), patience);
      this.addEventListener('open', () => clearTimeout(timer));
    }
  };
}
