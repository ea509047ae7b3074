// The JSON protocol of SignalR over one WebSocket, with a reconnection that does not give up: nobody clicks to come back.
// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md

const end = '\x1e';
const silence = 12_000; // the server pings every 4 s

export class Hub extends EventTarget {
  #address;
  #socket = null;
  #calls = new Map();
  #next = 0;
  #closed = false;
  #failures = 0;
  #heard = 0;
  #lostAt = 0;

  constructor(address) {
    super();
    this.#address = address;
    setInterval(() => {
      if (this.#socket && Date.now() - this.#heard > silence) this.#lost();
    }, 1000);
    addEventListener('online', () => {
      if (!this.#socket) this.#open();
    });
  }

  get isOpen() {
    return this.#socket?.ready === true;
  }

  start() {
    this.#closed = false;
    this.#open();
  }

  close() {
    this.#closed = true;
    this.#socket?.close();
    this.#socket = null;
  }

  /** Calls the server; resolves with its answer, rejects when the connection breaks meanwhile. */
  call(target, ...args) {
    if (!this.isOpen) return Promise.reject(new Error('offline'));
    const invocationId = String(++this.#next);
    return new Promise((resolve, reject) => {
      this.#calls.set(invocationId, { resolve, reject });
      this.#send({ type: 1, invocationId, target, arguments: args });
    });
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message) + end);
  }

  #open() {
    if (this.#closed || this.#socket) return;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.ready = false;
    this.#heard = Date.now();
    socket.onopen = () => socket.send(JSON.stringify({ protocol: 'json', version: 1 }) + end);
    socket.onmessage = (e) => {
      if (socket !== this.#socket) return;
      this.#heard = Date.now();
      for (const part of e.data.split(end)) if (part) this.#take(socket, JSON.parse(part));
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
  }

  #take(socket, message) {
    if (!socket.ready) {
      if (message.error) return socket.close();
      socket.ready = true;
      this.#failures = 0;
      this.#tell('open');
      return;
    }
    switch (message.type) {
      case 1:
        this.#tell(message.target, message.arguments[0]);
        break;
      case 3: {
        const waiting = this.#calls.get(message.invocationId);
        this.#calls.delete(message.invocationId);
        if (message.error) waiting?.reject(new Error(message.error));
        else waiting?.resolve(message.result);
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

  #lost() {
    const wasOpen = this.isOpen;
    const socket = this.#socket;
    this.#socket = null;
    try {
      socket?.close();
    } catch {
      /* gone already */
    }
    for (const waiting of this.#calls.values()) waiting.reject(new Error('offline'));
    this.#calls.clear();
    if (this.#closed) return;
    if (wasOpen) {
      this.#lostAt = Date.now();
      this.#tell('lost');
    } else this.#failures++;
    if (this.#failures >= 3) this.#tell('refused', this.#failures);
    // At once the first time; then every second, since a copy that died is replaced within ten; after half a minute slower, up to
    // five seconds. Spread, so that a class does not come back in one instant.
    const slowest = Date.now() - this.#lostAt < 30_000 ? 1000 : 5000;
    setTimeout(
      () => this.#open(),
      wasOpen ? 100 + Math.random() * 300 : Math.min(slowest, 200 * 2 ** this.#failures) * (0.5 + Math.random() / 2),
    );
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
