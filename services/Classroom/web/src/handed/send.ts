// Sends one file, and again when the network breaks: under the same name each time, so that it arrives once.
import type { ofFiles } from './words';

export const largest = 10 * 1024 * 1024;
const attempts = 8;

type Key = keyof typeof ofFiles;

const refusals: Record<string, Key> = {
  'file-too-large': 'filesTooLarge',
  'file-kind': 'filesKind',
  'file-active': 'filesActive',
  'file-locked': 'filesLocked',
  'file-infected': 'filesInfected',
  'files-full': 'filesFull',
  'not-now': 'filesNotNow',
};

/** One try; null when nobody answered. */
export type Post = (told: (part: number) => void) => Promise<{ status: number; code?: string } | null>;

export interface Told {
  /** How much of it is sent, from 0 to 1. */
  part(part: number): void;
  /** Nobody answered; it is tried again. */
  again(): void;
}

/** @returns null when it is there, else what was wrong with it */
export async function sendUntilThere(post: Post, told: Told, pause: (attempt: number) => Promise<unknown>): Promise<Key | null> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const answer = await post(told.part);
    if (answer && answer.status < 300) return null;
    if (answer?.status === 413) return 'filesTooLarge';
    // The virus scanner is away, which takes longer than a patient network.
    if (answer?.code === 'foreign-server') return 'filesUnchecked';
    // Too many at once, or a copy of the service that is just going: in a moment it may be otherwise.
    if (answer && answer.status < 500 && answer.status !== 429) return refusals[answer.code ?? ''] ?? 'filesNotSent';
    if (attempt === attempts) break;
    told.again();
    await pause(attempt);
  }
  return 'filesNotSent';
}

/** A while, longer each time; at once when the network says that it is back. */
export const patience = (attempt: number): Promise<unknown> =>
  new Promise((done) => {
    const late = setTimeout(go, Math.min(500 * 2 ** attempt, 10_000));
    function go() {
      clearTimeout(late);
      removeEventListener('online', go);
      done(null);
    }
    addEventListener('online', go);
  });

/** A form with a file in it; what is sent of it is told, which `fetch` does not. */
export const posting =
  (address: string, form: () => FormData): Post =>
  (told) =>
    new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('POST', address);
      request.responseType = 'json';
      request.upload.onprogress = (e) => told(e.lengthComputable ? e.loaded / e.total : 0);
      request.onload = () => done({ status: request.status, code: request.response?.code });
      request.onerror = request.onabort = () => done(null);
      request.send(form());
    });
