// "On t’entend": the sign that one's voice leaves, and a word where it cannot.
import { $, press } from '../dom';
import { icon } from '../icons';
import { faultOf, microphoneFault, microphoneWish, track } from '../media/wishes';
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
    const opened = await track(microphoneWish);
    if (opened) await media.setMic(opened);
    await room.tellFlags();
    draw();
  };

  function draw() {
    const lost = media.mic?.readyState === 'ended';
    const told: Key | null = lost
      ? 'micLost'
      : silent && media.mic
        ? 'micSilent'
        : !media.mic && faultOf('audio') && room.limits?.microphone !== false
          ? microphoneFault()
          : null;
    if (!told) known = null;
    $('notice').hidden = !told || told === known;
    if (told && $('noticeText').textContent !== say(told)) $('noticeText').textContent = say(told);
    press('noticeClose').onclick = () => {
      known = told;
      draw();
    };
  }
}
