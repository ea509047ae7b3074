// What we ask a device for, and what we send of it.
import type { Kind } from '../contract';
import type { Key } from '../words/say';
import { withChosen } from './devices';

// Two layers: Chromium drops a third one from cameras below 960 × 540, which many are.
export const layers = [
  { rid: 'h', maxBitrate: 500_000 },
  { rid: 'l', maxBitrate: 100_000, scaleResolutionDownBy: 2 },
];

/** Enough for the tiles of a small group, and light on a telephone's processor and battery. */
const camera = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 20, max: 24 } };

export const cameraWish: MediaStreamConstraints = { video: camera };

export const microphoneWish: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

/** Not allowed, not there, or taken by another program: each has a remedy of its own. */
export type Fault = 'blocked' | 'missing' | 'busy';

const faults: Partial<Record<Kind, Fault>> = {};

/** Why the last one that was asked for did not come; undefined when it did. */
export const faultOf = (kind: Kind): Fault | undefined => faults[kind];

/** It may be had again: whoever wants it asks anew. */
export function forgetFault(kind: Kind): void {
  delete faults[kind];
}

export const faultNamed = (name: string): Fault =>
  name === 'NotAllowedError' || name === 'SecurityError'
    ? 'blocked'
    : name === 'NotReadableError' || name === 'AbortError'
      ? 'busy'
      : 'missing';

/** A headset that stays at home today must not cost anybody their voice: then the usual one. */
async function open(wish: MediaStreamConstraints): Promise<MediaStream> {
  const { mediaDevices } = navigator;
  try {
    return await mediaDevices.getUserMedia(withChosen(wish));
  } catch (e) {
    if (!['OverconstrainedError', 'NotFoundError'].includes((e as Error).name)) throw e;
    return mediaDevices.getUserMedia(wish);
  }
}

/** Null when there is none, or it is not allowed. */
export async function track(wish: MediaStreamConstraints): Promise<MediaStreamTrack | null> {
  const kind: Kind = wish.audio ? 'audio' : 'video';
  try {
    const opened = (await open(wish)).getTracks()[0] ?? null;
    delete faults[kind];
    return opened;
  } catch (e) {
    faults[kind] = faultNamed((e as Error).name);
    return null;
  }
}

const microphoneWords: Record<Fault, Key> = { blocked: 'micBlocked', missing: 'micMissing', busy: 'micBusy' };
const cameraWords: Record<Fault, Key> = { blocked: 'camBlocked', missing: 'camMissing', busy: 'camBusy' };

/** What to do about it, in words. */
export const microphoneFault = (): Key => microphoneWords[faults.audio ?? 'missing'];
export const cameraFault = (): Key => cameraWords[faults.video ?? 'missing'];
