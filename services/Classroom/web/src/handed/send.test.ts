import { expect, it } from 'vitest';
import { type Post, sendUntilThere } from './send';

/** Answers one after the other, the last one for good. */
function answering(...answers: ({ status: number; code?: string } | null)[]) {
  const log: string[] = [];
  const post: Post = async (told) => {
    told(1);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer ?? null;
  };
  const run = () => sendUntilThere(post, { part: (p) => log.push(`${p}`), again: () => log.push('again') }, async () => log.push('pause'));
  return { log, run };
}

it('is sent once where somebody answers', async () => {
  const { log, run } = answering({ status: 204 });
  expect(await run()).toBeNull();
  expect(log).toEqual(['1']);
});

it('is sent again until the network is back', async () => {
  const { log, run } = answering(null, { status: 503 }, { status: 429 }, { status: 204 });
  expect(await run()).toBeNull();
  expect(log.filter((l) => l === 'again')).toHaveLength(3);
});

it('says why it was refused, and tries no more', async () => {
  for (const [code, key] of [
    ['file-kind', 'filesKind'],
    ['file-active', 'filesActive'],
    ['file-infected', 'filesInfected'],
    ['files-full', 'filesFull'],
    ['not-now', 'filesNotNow'],
    ['something-new', 'filesNotSent'],
  ]) {
    const { log, run } = answering({ status: 422, code });
    expect(await run()).toBe(key);
    expect(log).toEqual(['1']);
  }
  expect(await answering({ status: 413 }).run()).toBe('filesTooLarge');
});

it('is given back at once when nobody can look through it', async () => {
  const { log, run } = answering({ status: 503, code: 'foreign-server' });
  expect(await run()).toBe('filesUnchecked');
  expect(log).toEqual(['1']);
});

it('gives up in the end', async () => {
  const { log, run } = answering(null);
  expect(await run()).toBe('filesNotSent');
  expect(log.filter((l) => l === '1')).toHaveLength(8);
});
