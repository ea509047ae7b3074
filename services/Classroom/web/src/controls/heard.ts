// "On t’entend": the sign that one's voice leaves; and a word that stays where microphone or camera cannot be had.
import { $, press } from '../dom';
import { icon } from '../icons';
import { asWished } from '../media/blurred';
import { cameraFault, cameraWish, faultOf, forgetFault, microphoneFault, microphoneWish, track } from '../media/wishes';
import type { Room } from '../room';
import { type Key, say } from '../words/say';

export function heard(room: Room): void {
  const { media } = room;
  let silent = false;
  /** Said once, and put away. */
  let known: Key | null = null;

  media.on('own', ({ heard }) => {
    $('heard').classList.toggle('on', heard === 'heard');
    if (silent === (heard === 'silent')) return;
    silent = heard === 'silent';
    draw();
  });
  room.on('people', () => {
    $('heard').replaceChildren(icon('mic'), say('heard'));
    $('heard').hidden = !media.mic;
    draw();
  });
  press('noticeAct').onclick = async () => {
    if (trouble() === cameraTrouble()) {
      const seen = await track(cameraWish);
      if (seen) await media.setCamera(await asWished(seen));
    } else {
      const opened = await track(microphoneWish);
      if (opened) await media.setMic(opened);
    }
    await room.tellFlags();
    draw();
  };
  for (const [name, kind] of [
    ['microphone', 'audio'],
    ['camera', 'video'],
  ] as const)
    watch(name, () => {
      forgetFault(kind);
      draw();
    });

  const microphoneTrouble = (): Key | null => {
    if (media.mic?.readyState === 'ended') return 'micLost';
    if (silent && media.mic) return 'micSilent';
    return !media.mic && faultOf('audio') && room.limits?.microphone !== false ? microphoneFault() : null;
  };
  /** Who has no camera, or wants none, is told nothing: only who has been refused theirs. */
  const cameraTrouble = (): Key | null =>
    !media.camera && faultOf('video') === 'blocked' && room.limits?.camera !== false ? cameraFault() : null;
  const trouble = () => microphoneTrouble() ?? cameraTrouble();

  function draw() {
    const told = trouble();
    if (!told) known = null;
    $('notice').hidden = !told || told === known;
    if (told && $('noticeText').textContent !== say(told)) $('noticeText').textContent = say(told);
    press('noticeClose').onclick = () => {
      known = told;
      draw();
    };
  }
}

/** Allowed behind the page's back, in the browser's own bar: what was said of it is over. Some browsers do not tell. */
function watch(name: string, granted: () => void): void {
  navigator.permissions?.query({ name: name as PermissionName }).then(
    (permission) => {
      permission.onchange = () => {
        if (permission.state === 'granted') granted();
      };
    },
    () => {},
  );
}
