import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

describe('what is asked for faster than the network answers', () => {
  it('begins after the answer to what was asked before', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    let answer = () => {};
    const first = turns.take(async () => {
      seen.push('pin');
      await new Promise<void>((done) => {
        answer = done;
      });
      seen.push('pinned');
    });
    const second = turns.take(async () => seen.push('undo'));
    await Promise.resolve();
    answer();
    await Promise.all([first, second]);
    expect(seen).toEqual(['pin', 'pinned', 'undo']);
  });

  it('begins after a failure as well, and the failure is told to whoever asked', async () => {
    const turns = new Turns();
    const failed = turns.take(() => Promise.reject(new Error('down')));
    const next = turns.take(async () => 'answered');
    await expect(failed).rejects.toThrow('down');
    expect(await next).toBe('answered');
  });
});
