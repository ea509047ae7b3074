// What we ask a device for, and what we send of it.

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

/** Null when there is none, or it is not allowed. */
export async function track(wish: MediaStreamConstraints): Promise<MediaStreamTrack | null> {
  try {
    return (await navigator.mediaDevices.getUserMedia(wish)).getTracks()[0] ?? null;
  } catch {
    return null;
  }
}
