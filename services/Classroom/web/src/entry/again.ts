// The page was loaded again in the middle of a class: back in at once, and heard as soon as the browser gives the microphone. Some
// browsers ask for it each time, and whoever has not seen the question yet must not sit before an empty page.
import { microphoneWish, track } from '../media/wishes';
import type { Room } from '../room';
import { isShown } from './out';
import { kept } from './seat';

let asked = false;

/** One that is off stays off over a reload; one that is only being asked for is not off. */
export function keepMicrophone(room: Room): void {
  room.on('people', () => {
    if (room.me && !asked) kept.write('mic', room.media.mic ? 'on' : 'off');
  });
}

export async function speakAgain(room: Room): Promise<void> {
  if (kept.read('mic') === 'off') return;
  asked = true;
  const mic = await track(microphoneWish);
  asked = false;
  const { media, limits } = room;
  // Meanwhile the class may have ended, or the microphone may have been opened by its button.
  if (!mic || isShown('out') || media.mic || limits?.microphone === false) mic?.stop();
  else await media.setMic(mic);
  if (room.me) await room.tellFlags();
}
