import { describe, expect, it } from 'vitest';
import { mayKeep } from './storable';

const own = 'https://stages.example';
const kept = (path: string) => mayKeep(new URL(path, own), own);

describe('what a device may keep', () => {
  it('is named after what is in it', () => {
    expect(['class-DbR3-U5G.js', 'class-BCcbFp6H.css', 'pdf.worker.min-C8PGFc0r.mjs'].map((f) => kept(`/classroom/files/${f}`))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is no page, no answer, nothing of anybody, and of nobody else', () => {
    const never = [
      '/classroom/check',
      '/classroom/files/class.html',
      '/classroom/files/worker.js',
      '/classroom/files/stored.json',
      '/classroom/files/class-DbR3-U5G.js?seat=1',
      '/classroom/pages/0193a0d1/1-DbR3-U5G.js',
      '/classroom/seat',
      'https://elsewhere.example/classroom/files/class-DbR3-U5G.js',
    ];
    expect(never.map(kept)).toEqual(never.map(() => false));
  });
});
