// Showing one's screen, where a browser can: telephones cannot.
import { $, press } from '../dom';
import type { Room } from '../room';

export function screenSharing(room: Room): void {
  const { media } = room;
  $('share').hidden = !navigator.mediaDevices?.getDisplayMedia;

  async function stop() {
    await media.setScreen(null);
    await room.tellFlags();
  }

  press('share').onclick = async () => {
    if (media.screen) return stop();
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 10 } }).then(
      (s) => s.getVideoTracks()[0],
      () => undefined,
    );
    if (!screen) return;
    screen.contentHint = 'detail';
    screen.onended = stop;
    await media.setScreen(screen);
    room.tellFlags();
  };
}
