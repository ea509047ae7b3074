/** Changes one after the other: whoever is faster than the network means what the change before leaves behind. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Begins once everything asked for before is answered, also when that failed. */
  take<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(change);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
