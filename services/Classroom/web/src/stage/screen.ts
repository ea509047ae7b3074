// Screens: one's own shown to the class, and somebody else's on the stage.
import { $, press } from '../dom';
import type { Room } from '../room';
import { sharerOf } from './view';

/** A pupil's is seen large beside the others; the teacher's is what the class sees. */
export async function shareScreen(room: Room): Promise<void> {
  const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 10 } }).then(
    (s) => s.getVideoTracks()[0],
    () => undefined,
  );
  if (!screen) return;
  screen.contentHint = 'detail';
  screen.onended = () => stopScreen(room);
  await room.media.setScreen(screen);
  await room.tellFlags();
  if (room.isTeacher) await room.ask('ChooseView', 'screen');
}

export async function stopScreen(room: Room): Promise<void> {
  await room.media.setScreen(null);
  await room.tellFlags();
  if (room.isTeacher && room.desk?.view === 'screen') await room.ask('ChooseView', 'faces');
}

export function screenSharing(room: Room): void {
  const { media } = room;
  const video = $<HTMLVideoElement>('screen');
  $('share').hidden = !navigator.mediaDevices?.getDisplayMedia;
  press('share').onclick = () => (media.screen ? stopScreen(room) : shareScreen(room));
  press('stopScreen').onclick = () => stopScreen(room);

  room.on('people', () => {
    const id = sharerOf(room.inside)?.id;
    const mine = id === room.me;
    // One's own screen within itself would be an endless row of screens.
    const track = mine ? undefined : media.received.find((r) => r.kind === 'video' && r.participantId === id)?.track;
    const shown = (video.srcObject as MediaStream | null)?.getVideoTracks()[0];
    if (shown !== track) video.srcObject = track ? new MediaStream([track]) : null;
    if (track) video.play().catch(() => {});
    video.hidden = mine;
    $('screenMine').hidden = !mine;
  });
}
