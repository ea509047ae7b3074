// The whole screen, and a picture that stays over other windows: buttons where the browser can, nothing where it cannot.
import { $, element, pressed } from '../dom';
import { label } from '../icons';
import type { Tiles } from '../people/tiles';
import type { Room } from '../room';
import { tellKey } from '../status';
import { say } from '../words/say';

export function wholeScreen(): void {
  const button = element('button', { type: 'button', id: 'fullScreen', hidden: !document.fullscreenEnabled });
  $('extras').append(button);
  label('fullScreen', 'corners', say('fullScreen'));
  const draw = () => pressed(button, !!document.fullscreenElement);
  document.addEventListener('fullscreenchange', draw);
  button.onclick = () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => tellKey('notDone'));
  };
  draw();
}

export function pictureInPicture(room: Room, tiles: Tiles): void {
  const button = element('button', { type: 'button', id: 'pictureInPicture', hidden: !document.pictureInPictureEnabled });
  $('extras').append(button);
  label('pictureInPicture', 'inset', say('pip'), say('pipLong'));
  const draw = () => pressed(button, !!document.pictureInPictureElement);
  for (const change of ['enterpictureinpicture', 'leavepictureinpicture']) document.addEventListener(change, draw, true);

  /** What one would look at: a shared screen, who is large, the teacher, anybody else. */
  function wanted(): HTMLVideoElement | undefined {
    const screen = $<HTMLVideoElement>('screen');
    if (!$('screenPane').hidden && screen.srcObject && !screen.hidden) return screen;
    const others = room.inside.filter((p) => p.id !== room.me);
    const order = [tiles.large, ...others.filter((p) => p.role === 'teacher').map((p) => p.id), ...others.map((p) => p.id)];
    return order.map((id) => (id ? tiles.pictureOf(id) : null)).find((video) => !!video) ?? undefined;
  }

  button.onclick = async () => {
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    const video = wanted();
    if (!video) return tellKey('pipNone');
    await video.requestPictureInPicture().catch(() => tellKey('pipNone'));
  };
  draw();
}
