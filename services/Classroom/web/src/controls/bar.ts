// One's own controls: what is sent of oneself, the hand, and what one looks at.
import { $, press, pressed } from '../dom';
import { label, type Shape } from '../icons';
import { asWished, blur } from '../media/blurred';
import type { DeviceChoice } from '../media/devices';
import { cameraFault, cameraWish, microphoneFault, microphoneWish, track } from '../media/wishes';
import type { Room } from '../room';
import { tellKey } from '../status';
import { type Key, say } from '../words/say';

interface Control {
  on: boolean;
  shape: Shape;
  /** The same whether it is on or off: that it is pressed says which. */
  word: Key;
  whole: Key;
}

function controls({ media, hands, me }: Room): Record<string, Control> {
  const mic = !!media.mic;
  const camera = !!media.camera;
  return {
    mic: { on: mic, shape: mic ? 'mic' : 'micOff', word: 'micShort', whole: 'mic' },
    cam: { on: camera, shape: camera ? 'camera' : 'cameraOff', word: 'camShort', whole: 'cam' },
    share: { on: !!media.screen, shape: 'screen', word: 'screenMineShort', whole: 'share' },
    blur: { on: blur.wanted, shape: 'drop', word: 'blurShort', whole: 'blur' },
    hand: { on: hands.includes(me), shape: 'hand', word: 'handShort', whole: 'hand' },
    audioOnly: { on: media.forced === 'audio', shape: 'phone', word: 'audioOnly', whole: 'audioOnly' },
  };
}

export function bar(room: Room, devices: DeviceChoice): void {
  const { media } = room;

  function draw() {
    for (const [id, { on, shape, word, whole }] of Object.entries(controls(room))) {
      pressed($(id), on);
      label(id, shape, say(word), say(whole));
    }
    label('devices', 'gear', say('devices'));
    label('report', 'flag', say('report'), say('reportLong'));
    label('leave', 'door', say('leave'));
    // What they do comes later (loading.ts); that they are there is said from the beginning.
    label('react', 'smile', say('react'));
    label('myClass', 'sparkles', say('myClass'));
    const { limits } = room;
    $('blur').hidden = !media.camera;
    press('mic').disabled = limits?.microphone === false && !media.mic;
    press('cam').disabled = press('share').disabled = limits?.camera === false && !media.camera && !media.screen;
  }
  room.on('people', draw);

  /** Said at once, and for as long as it is so (heard.ts). */
  const refused = (why: Key) => {
    tellKey(why);
    room.tell('people', undefined);
  };

  press('mic').onclick = async () => {
    const wanted = media.mic ? null : await track(microphoneWish);
    if (!media.mic && !wanted) return refused(microphoneFault());
    await media.setMic(wanted);
    room.tellFlags();
  };
  press('cam').onclick = async () => {
    const wanted = media.camera ? null : await track(cameraWish);
    if (!media.camera && !wanted) return refused(cameraFault());
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
  devices.on('chosen', async (kind) => {
    if (kind === 'audioinput' && media.mic) await media.setMic(await track(microphoneWish));
    if (kind === 'videoinput' && media.camera) {
      await media.setCamera(null);
      await media.setCamera(await asWished(await track(cameraWish)));
    }
    if (room.me && kind !== 'audiooutput') room.tellFlags();
  });
  press('hand').onclick = () => room.ask('RaiseHand', !room.hands.includes(room.me));
  press('audioOnly').onclick = async () => {
    await media.force(media.forced ? null : 'audio');
    draw();
  };
  draw();
}
