// One's own controls: what is sent of oneself, the hand, and what one looks at.
import { $, press, pressed } from '../dom';
import { label, type Shape } from '../icons';
import { asWished, blur } from '../media/blurred';
import { cameraWish, microphoneWish, track } from '../media/wishes';
import type { Room } from '../room';
import { tellKey } from '../status';
import { type Key, say } from '../words/say';

interface Control {
  on: boolean;
  shape: Shape;
  /** The same whether it is on or off: that it is pressed says which. */
  name: Key;
  short: Key;
}

function controls({ media, desk, me }: Room): Record<string, Control> {
  const mic = !!media.mic;
  return {
    mic: { on: mic, shape: mic ? 'mic' : 'micOff', name: 'mic', short: 'micShort' },
    cam: { on: !!media.camera, shape: 'camera', name: 'cam', short: 'camShort' },
    share: { on: !!media.screen, shape: 'screen', name: 'share', short: 'shareShort' },
    blur: { on: blur.wanted, shape: 'drop', name: 'blur', short: 'blurShort' },
    hand: { on: desk?.hands.includes(me) ?? false, shape: 'hand', name: 'hand', short: 'handShort' },
    showBoard: { on: !$('boardPane').hidden, shape: 'pen', name: 'showBoard', short: 'boardShort' },
    audioOnly: { on: media.forced === 'audio', shape: 'phone', name: 'audioOnly', short: 'audioShort' },
  };
}

export function bar(room: Room): void {
  const { media } = room;

  function draw() {
    for (const [id, { on, shape, name, short }] of Object.entries(controls(room))) {
      pressed($(id), on);
      label(id, shape, say(name), say(short));
    }
    label('report', 'flag', say('reportLong'), say('report'));
    label('leave', 'door', say('leave'), say('leave'));
    const { limits } = room;
    $('blur').hidden = !media.camera;
    press('mic').disabled = limits?.microphone === false && !media.mic;
    press('cam').disabled = press('share').disabled = limits?.camera === false && !media.camera && !media.screen;
  }
  room.on('people', draw);
  room.on('board', draw);

  press('mic').onclick = async () => {
    const wanted = media.mic ? null : await track(microphoneWish);
    if (!media.mic && !wanted) return tellKey('micBad');
    await media.setMic(wanted);
    room.tellFlags();
  };
  press('cam').onclick = async () => {
    const wanted = media.camera ? null : await track(cameraWish);
    if (!media.camera && !wanted) return tellKey('camBad');
    await media.setCamera(await asWished(wanted));
    room.tellFlags();
  };
  press('blur').onclick = async () => {
    blur.wanted = !blur.wanted;
    // Off before on: between the two there is no picture, rather than a sharp one.
    await media.setCamera(null);
    await media.setCamera(await asWished(await track(cameraWish)));
    room.tellFlags();
  };
  press('hand').onclick = () => room.ask('RaiseHand', !room.desk?.hands.includes(room.me));
  press('audioOnly').onclick = async () => {
    await media.force(media.forced ? null : 'audio');
    draw();
  };
  draw();
}
