// A camera whose background nobody is to see. The model is loaded when somebody wants it.
import { tellKey } from '../status';
import type { Key } from '../words/say';
import type { BlurredTrack } from './blur';

/** Remembered on this device, once somebody has chosen it. */
export const blur = {
  get wanted(): boolean {
    return localStorage.getItem('blur') === 'yes';
  },
  set wanted(wanted: boolean) {
    localStorage.setItem('blur', wanted ? 'yes' : 'no');
  },
};

/** The track to send in the camera's place; null when the blur cannot be had: a picture that was to be blurred is not sent sharp. */
export async function blurred(camera: MediaStreamTrack, tell: (key: Key) => void = tellKey): Promise<BlurredTrack | null> {
  try {
    const { Blur } = await import('./blur');
    const made = new Blur();
    made.on('kind', (kind) => tell(kind === 'background' ? 'blurBackground' : 'blurWhole'));
    made.on('slow', () => tell('blurSlow'));
    const sent = await made.start(camera);
    tell('blurWhole');
    sent.blur = made;
    return sent;
  } catch {
    camera.stop();
    tell('blurFailed');
    return null;
  }
}

export const asWished = async (camera: MediaStreamTrack | null) => (camera && blur.wanted ? blurred(camera) : camera);
