// The JSON protocol of SignalR over one WebSocket, with a reconnection that does not give up: nobody clicks to come back.
// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md
import { Bus } from './bus';
import type { News } from './contract';

const end = '\x1e';
const silence = 12_000; // the server pings every 4 s

/** What befalls the connection itself. */
interface Fates {
  open: undefined;
  lost: undefined;
  /** It does not open, so many times. */
  refused: number;
}

interface Message {
  type: number;
  target?: keyof News;
  arguments?: never[];
  invocationId?: string;
  error?: string;
  result?: never;
}

export class Hub extends Bus<News & Fates> {
  #address = '';
  #socket: WebSocket | null = null;
  #ready = false;
  #calls = new Map<string, { resolve: (value: never) => void; reject: (reason: Error) => void }>();
  #next = 0;
  #closed = true;
  #failures = 0;
  #heard = 0;
  #lostAt = 0;

  get isOpen(): boolean {
    return this.#ready;
  }

  start(address: string): void {
    this.#address = address;
    this.#closed = false;
    setInterval(() => {
      if (this.#socket && Date.now() - this.#heard > silence) this.#lost();
    }, 1000);
    addEventListener('online', () => {
      if (!this.#socket) this.#open();
    });
    this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
    this.#socket = null;
    this.#ready = false;
  }

  /** Calls the server; resolves with its answer, rejects when the connection breaks meanwhile. */
  call<T>(target: string, ...args: unknown[]): Promise<T> {
    if (!this.isOpen) return Promise.reject(new Error('offline'));
    const invocationId = String(++this.#next);
    return new Promise<T>((resolve, reject) => {
      this.#calls.set(invocationId, { resolve, reject });
      this.#send({ type: 1, invocationId, target, arguments: args });
    });
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message) + end);
  }

  #open(): void {
    if (this.#closed || this.#socket) return;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#ready = false;
    this.#heard = Date.now();
    socket.onopen = () => socket.send(JSON.stringify({ protocol: 'json', version: 1 }) + end);
    socket.onmessage = (e: MessageEvent<string>) => {
      if (socket !== this.#socket) return;
      this.#heard = Date.now();
      for (const part of e.data.split(end)) if (part) this.#take(socket, JSON.parse(part));
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
  }

  #take(socket: WebSocket, message: Message): void {
    if (!this.#ready) {
      if (message.error) {
        socket.close();
        return;
      }
      this.#ready = true;
      this.#failures = 0;
      this.tell('open', undefined);
      return;
    }
    switch (message.type) {
      case 1:
        if (message.target) this.tell(message.target, message.arguments?.[0] as never);
        break;
      case 3: {
        const waiting = this.#calls.get(message.invocationId ?? '');
        this.#calls.delete(message.invocationId ?? '');
        if (message.error) waiting?.reject(new Error(message.error));
        else waiting?.resolve(message.result as never);
        break;
      }
      case 6:
        this.#send({ type: 6 });
        break;
      case 7:
        socket.close();
        break;
    }
  }

  #lost(): void {
    const wasOpen = this.#ready;
    const socket = this.#socket;
    this.#socket = null;
    this.#ready = false;
    socket?.close();
    for (const waiting of this.#calls.values()) waiting.reject(new Error('offline'));
    this.#calls.clear();
    if (this.#closed) return;
    if (wasOpen) {
      this.#lostAt = Date.now();
      this.tell('lost', undefined);
    } else this.#failures++;
    if (this.#failures >= 3) this.tell('refused', this.#failures);
    // At once the first time; then every second, since a copy that died is replaced within ten; after half a minute slower, up to
    // five seconds. Spread, so that a class does not come back in one instant.
    const slowest = Date.now() - this.#lostAt < 30_000 ? 1000 : 5000;
    setTimeout(
      () => this.#open(),
      wasOpen ? 100 + Math.random() * 300 : Math.min(slowest, 200 * 2 ** this.#failures) * (0.5 + Math.random() / 2),
    );
  }
}
