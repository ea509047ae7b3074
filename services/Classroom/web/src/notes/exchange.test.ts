import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { worthKeeping } from './exchange';
import { bytes, letters } from './letters';
import { Service, Time, Writer } from './session';

const sentences = [
  'mon ami joue au ballon avec son frère',
  'le verbe s’accorde avec son sujet toujours',
  'hier nous avons mangé des cerises rouges',
  'la petite souris dort sous le grand lit',
  'demain je lirai une histoire de pirates',
  'un oiseau chante sur la branche du chêne',
];

/** Numbers that are the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Session {
  people: number;
  roundTrip: number;
  seed: number;
}

/** Where the empty line number i is now. */
function lineOf(writer: Writer, i: number): number {
  const lines = writer.text.toString().split('\n');
  return lines.slice(0, i).reduce((sum, line) => sum + line.length + 1, 0);
}

/** Each types a sentence, a letter at a time; some lose their network for seconds and type on. */
async function hold({ people, roundTrip, seed }: Session) {
  const random = dice(seed);
  const [time, service] = [new Time(), new Service()];
  const oneWay = () => (roundTrip / 2) * (0.7 + 0.6 * random());
  const writers = Array.from({ length: people }, (_, i) => new Writer(time, service, oneWay, i === 0));
  // In half of the sessions all of them write at the very same place, in the others each in a line that the teacher has made for them.
  const together = seed % 2 === 0;
  if (!together) writers[0]?.text.insert(0, '\n'.repeat(people));
  await time.pass(() => writers.every((w) => w.isSettled), 10_000);
  let typing = people;
  writers.forEach((writer, i) => {
    const letters = [...(sentences[i] ?? '')];
    let place: Y.RelativePosition | null = null;
    const type = () => {
      const letter = letters.shift();
      if (letter === undefined) {
        typing--;
        return;
      }
      const at = place ? (Y.createAbsolutePositionFromRelativePosition(place, writer.doc)?.index ?? 0) : together ? 0 : lineOf(writer, i);
      writer.text.insert(at, letter);
      place = Y.createRelativePositionFromTypeIndex(writer.text, at + 1, -1);
      if (random() < 0.004) writer.cut(1000 + 4000 * random());
      time.later(type, 60 + 300 * random());
    };
    time.later(type, 500 * random());
  });
  const done = () => typing === 0 && writers.every((w) => w.isSettled);
  await time.pass(done, 300_000);
  const texts = writers.map((w) => w.text.toString());
  const text = texts[0] ?? '';
  return {
    converged: done() && new Set(texts).size === 1,
    intact: sentences.slice(0, people).every((s) => text.includes(s)),
    perLetter: service.bytes / text.length,
  };
}

describe('shared notes', () => {
  it('are the same for all, with every word intact, in 240 sessions', async () => {
    for (const people of [2, 3, 6])
      for (const roundTrip of [30, 150]) {
        const sessions = await Promise.all(
          Array.from({ length: 40 }, (_, i) => hold({ people, roundTrip, seed: 1 + i + 1000 * people + roundTrip })),
        );
        const count = (what: 'converged' | 'intact') => sessions.filter((s) => s[what]).length;
        const bytes = sessions.reduce((sum, s) => sum + s.perLetter, 0) / sessions.length;
        console.info(
          `${people} people, ${roundTrip} ms: ${count('converged')} of 40 converged, ${count('intact')} of 40 intact, ` +
            `${bytes.toFixed(1)} bytes a letter`,
        );
        expect([people, roundTrip, count('converged'), count('intact')]).toEqual([people, roundTrip, 40, 40]);
      }
  }, 120_000);

  it('are read from one state by who comes late', async () => {
    const [time, service] = [new Time(), new Service()];
    const teacher = new Writer(time, service, () => 15, true);
    let letters = 0;
    const type = () => {
      teacher.text.insert(teacher.text.length, 'a');
      if (++letters < worthKeeping + 20) time.later(type, 300);
    };
    type();
    await time.pass(() => letters === worthKeeping + 20 && teacher.isSettled, 1_000_000);
    expect(service.kept.map((k) => k.seq)).toEqual([worthKeeping]);

    const late = new Writer(time, service, () => 15, false);
    late.exchange.catchUp();
    await time.pass(() => late.isSettled, 2_000_000);
    expect(late.text.toString()).toBe(teacher.text.toString());
    expect(service.read(0).updates.length).toBeLessThan(40);
  });

  it('pass over what is no update', async () => {
    const [time, service] = [new Time(), new Service()];
    const [one, other] = [new Writer(time, service, () => 15, false), new Writer(time, service, () => 15, false)];
    service.write(other, new Uint8Array([255, 255, 255, 1, 2, 3]));
    other.exchange.catchUp();
    other.text.insert(0, 'Bonjour');
    await time.pass(() => one.isSettled && other.isSettled, 60_000);
    expect([one.text.toString(), other.text.toString()]).toEqual(['Bonjour', 'Bonjour']);
  });

  it('travel as letters', () => {
    const update = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256);
    expect(bytes(letters(update))).toEqual(update);
  });
});
