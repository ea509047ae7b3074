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
  /** What a press would do now. */
  name: Key;
  short: Key;
}

function controls(room: Room): Record<string, Control> {
  const { media, desk, me } = room;
  const [mic, cam, share] = [!!media.mic, !!media.camera, !!media.screen];
  const hand = desk?.hands.includes(me) ?? false;
  const board = !$('boardPane').hidden;
  const audio = media.forced === 'audio';
  return {
    mic: { on: mic, shape: mic ? 'mic' : 'micOff', name: mic ? 'micOn' : 'micOff', short: 'micShort' },
    cam: { on: cam, shape: 'camera', name: cam ? 'camOn' : 'camOff', short: 'camShort' },
    share: { on: share, shape: 'screen', name: share ? 'shareOn' : 'shareOff', short: 'shareShort' },
    blur: { on: blur.wanted, shape: 'drop', name: blur.wanted ? 'blurOn' : 'blurOff', short: 'blurShort' },
    hand: { on: hand, shape: 'hand', name: hand ? 'handOn' : 'handOff', short: 'handShort' },
    showBoard: { on: board, shape: 'pen', name: board ? 'boardOn' : 'boardOff', short: 'boardShort' },
    audioOnly: { on: audio, shape: 'phone', name: audio ? 'audioOn' : 'audioOff', short: 'audioShort' },
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
  press('hand').onclick = () => room.call('RaiseHand', !room.desk?.hands.includes(room.me));
  press('audioOnly').onclick = async () => {
    await media.force(media.forced ? null : 'audio');
    draw();
  };
  draw();
}
