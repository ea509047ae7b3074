// What the teacher takes away stops here too, not only at the server; and the page says so.
import type { Room } from '../room';
import { tellKey } from '../status';

export function limits(room: Room): void {
  const { media, hub } = room;

  hub.on('mute', async ({ kind }) => {
    await (kind === 'audio' ? media.setMic(null) : hide());
    tellKey(kind === 'audio' ? 'muted' : 'hidden');
    room.tellFlags();
  });

  room.on('desk', () => {
    const { limits } = room;
    if (limits?.microphone === false && media.mic) {
      media.setMic(null).then(() => room.tellFlags());
      tellKey('mutedAll');
    }
    if (limits?.camera === false && (media.camera || media.screen)) {
      hide().then(() => room.tellFlags());
      tellKey('hiddenAll');
    }
  });

  async function hide() {
    await media.setScreen(null);
    await media.setCamera(null);
  }
}
