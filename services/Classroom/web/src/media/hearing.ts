// Whether what one says leaves: worked out of what the browser measures of its own microphone, without a page.

/** A microphone that is on gives some noise always; one that is switched off at the device gives none at all. */
const silentAfter = 6000;
const heardFor = 1500;
const spoken = 0.02;

export interface Measured {
  /** Of the sent sound, 0 to 1; undefined where the browser does not say. */
  level: number | undefined;
  packets: number;
}

export type Heard = 'off' | 'quiet' | 'heard' | 'silent';

export class Hearing {
  #packets = 0;
  #spokenAt = Number.NEGATIVE_INFINITY;
  #soundAt: number | null = null;

  /** @param measured null while the microphone is off or nothing is connected */
  take(measured: Measured | null, now: number): Heard {
    if (!measured) {
      this.#packets = 0;
      this.#soundAt = null;
      this.#spokenAt = Number.NEGATIVE_INFINITY;
      return 'off';
    }
    const { level, packets } = measured;
    const leaves = packets > this.#packets;
    this.#packets = packets;
    this.#soundAt ??= now;
    if (level === undefined || level > 0) this.#soundAt = now;
    if (leaves && (level ?? 0) > spoken) this.#spokenAt = now;
    if (now - this.#spokenAt < heardFor) return 'heard';
    return now - this.#soundAt >= silentAfter ? 'silent' : 'quiet';
  }
}
