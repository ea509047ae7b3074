// Who speaks, for whoever wants them large: worked out here, without a page. A word thrown in, two at once or a breath change nothing.

/** This long somebody speaks before they are shown. */
const begun = 600;
/** This long who is shown is silent before another takes their place. */
const over = 1500;
/** This long at least somebody stays. */
const held = 2500;

interface Voice {
  from: number | null;
  last: number;
}

export class Speaker {
  #voices = new Map<string, Voice>();
  #now: string | null = null;
  #since = 0;

  get now(): string | null {
    return this.#now;
  }

  /** True where it is somebody else from now on. */
  take(id: string, speaking: boolean, at: number): boolean {
    const voice = this.#voices.get(id) ?? { from: null, last: Number.NEGATIVE_INFINITY };
    this.#voices.set(id, { from: speaking ? (voice.from ?? at) : null, last: speaking ? at : voice.last });
    if (!speaking || id === this.#now || at - (voice.from ?? at) < begun) return false;
    const silent = at - (this.#voices.get(this.#now ?? '')?.last ?? Number.NEGATIVE_INFINITY);
    if (this.#now && (silent < over || at - this.#since < held)) return false;
    this.#now = id;
    this.#since = at;
    return true;
  }

  /** Who is here; who has left is shown no more. */
  keep(here: ReadonlySet<string>): void {
    for (const id of this.#voices.keys()) if (!here.has(id)) this.#voices.delete(id);
    if (this.#now && !here.has(this.#now)) this.#now = null;
  }
}

interface Somebody {
  id: string;
  role: string;
}

/** Whom one sees large: who was pinned, else who speaks; before anybody has, the teacher. Never oneself. */
export function large(inside: readonly Somebody[], me: string, pinned: string | null, follows: boolean, speaks: string | null) {
  const others = inside.filter((p) => p.id !== me);
  const here = (id: string | null) => others.find((p) => p.id === id)?.id ?? null;
  if (here(pinned)) return pinned;
  if (!follows) return null;
  return here(speaks) ?? others.find((p) => p.role === 'teacher')?.id ?? others[0]?.id ?? null;
}
