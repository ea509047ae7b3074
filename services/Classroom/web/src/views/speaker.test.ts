import { describe, expect, it } from 'vitest';
import { large, Speaker } from './speaker';

/** Told every 300 ms, as the page is: who speaks then. */
function hear(speaker: Speaker, from: number, ...told: string[]): (string | null)[] {
  return told.map((who, i) => {
    for (const id of ['a', 'b', 'c']) speaker.take(id, who.includes(id), from + 300 * i);
    return speaker.now;
  });
}

describe('who speaks', () => {
  it('is nobody for a cough, and somebody who goes on', () => {
    expect(hear(new Speaker(), 0, 'a', '', 'a', '', 'b', 'b', '', '')).toEqual(Array(8).fill(null));
    expect(hear(new Speaker(), 0, 'a', 'a', 'a', 'a')).toEqual([null, null, 'a', 'a']);
  });

  it('stays over a breath and over whoever talks in between', () => {
    const speaker = new Speaker();
    hear(speaker, 0, 'a', 'a', 'a');
    expect(new Set(hear(speaker, 900, 'ab', 'ab', 'b', 'b', 'a', '', '', 'a', 'ab', 'ab', 'ab', 'ab'))).toEqual(new Set(['a']));
  });

  it('changes once who was shown is silent, and then not for a while', () => {
    const speaker = new Speaker();
    hear(speaker, 0, 'a', 'a', 'a', 'a', 'a', 'a', 'a');
    expect(hear(speaker, 2100, 'b', 'b', 'b', 'b', 'b', 'b')).toEqual(['a', 'a', 'a', 'a', 'b', 'b']);
    // Not back again at once.
    expect(hear(speaker, 3900, ...Array(8).fill('c'))).toEqual([...Array(7).fill('b'), 'c']);
  });

  it('leaves with who leaves', () => {
    const speaker = new Speaker();
    hear(speaker, 0, 'a', 'a', 'a');
    speaker.keep(new Set(['b']));
    expect(speaker.now).toBe(null);
    expect(hear(speaker, 900, 'b', 'b', 'b').at(-1)).toBe('b');
  });

  it('changes at most every two and a half seconds, whatever is said', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let run = 0; run < 50; run++) {
      const speaker = new Speaker();
      const changes: number[] = [];
      for (let at = 0; at < 60_000; at += 300)
        for (const id of ['a', 'b', 'c', 'd']) if (speaker.take(id, random() < 0.5, at)) changes.push(at);
      for (const [i, at] of changes.entries()) expect(i === 0 || at - (changes[i - 1] ?? 0) >= 2500).toBe(true);
    }
  });
});

describe('whom one sees large', () => {
  const inside = [
    { id: 'me', role: 'pupil' },
    { id: 'claire', role: 'teacher' },
    { id: 'noah', role: 'pupil' },
  ];

  it('is who was pinned, then who speaks, then the teacher', () => {
    expect(large(inside, 'me', 'noah', true, 'claire')).toBe('noah');
    expect(large(inside, 'me', 'gone', true, 'noah')).toBe('noah');
    expect(large(inside, 'me', null, true, null)).toBe('claire');
    expect(large(inside, 'claire', null, true, 'gone')).toBe('me');
  });

  it('is nobody where nobody asked for it, and never oneself', () => {
    expect(large(inside, 'me', null, false, 'noah')).toBe(null);
    expect(large(inside, 'me', 'me', false, null)).toBe(null);
    expect(large([inside[0] as { id: string; role: string }], 'me', null, true, null)).toBe(null);
  });
});
