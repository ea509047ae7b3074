/** A WebSocket, or requests that wait for their answer: slower, and let through by every network that shows web pages. */
export type Way = 'socket' | 'requests';

/** So often a WebSocket that did open on this page must fail before it is the network's fault, and not that of a copy that is going. */
const doubtful = 4;

/** Which way is tried next. The service answers, and the WebSocket does not open: then it is blocked. */
export class Ways {
  now: Way = 'socket';
  #socketWorked = false;
  #failures = 0;
  // Each way goes through the copies by itself: taken in turn with the other, it would meet every second one alone.
  readonly #turns: Record<Way, number> = { socket: 0, requests: 0 };

  /** Which of the copies is asked: the next one, when one does not answer. */
  get turn(): number {
    return this.#turns[this.now];
  }

  worked(): void {
    if (this.now === 'socket') this.#socketWorked = true;
    this.#failures = 0;
  }

  /** The network may be another one by now. */
  lost(): void {
    this.now = 'socket';
    this.#failures = 0;
  }

  /** @param swallowed nothing came back at all; @returns whether the way was changed, and so may be tried at once. */
  failed(serviceAnswers: boolean, swallowed: boolean): boolean {
    this.#failures++;
    this.#turns[this.now]++;
    if (this.now === 'requests') {
      this.now = 'socket';
      return false;
    }
    // One that is refused at once may have met a copy that is just going: the next one is asked first.
    if (!serviceAnswers || this.#failures < (this.#socketWorked ? doubtful : swallowed ? 1 : 2)) return false;
    this.now = 'requests';
    return true;
  }
}
