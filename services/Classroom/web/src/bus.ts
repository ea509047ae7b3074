// Who wants to know of something is told, in the order in which they asked.

export class Bus<Told extends object> {
  #ears = new Map<keyof Told, ((said: never) => void)[]>();

  on<K extends keyof Told>(name: K, ear: (said: Told[K]) => void): void {
    const ears = this.#ears.get(name) ?? [];
    this.#ears.set(name, [...ears, ear]);
  }

  tell<K extends keyof Told>(name: K, said: Told[K]): void {
    for (const ear of this.#ears.get(name) ?? []) (ear as (said: Told[K]) => void)(said);
  }

  /** Who begins to listen in `come`, as a bus of their own: what they have missed is told there, and to nobody else. */
  latecomers(come: () => void): Bus<Told> {
    const before = this.#ears;
    const theirs = new Bus<Told>();
    this.#ears = theirs.#ears;
    try {
      come();
    } finally {
      this.#ears = before;
    }
    for (const [name, ears] of theirs.#ears) before.set(name, [...(before.get(name) ?? []), ...ears]);
    return theirs;
  }
}
