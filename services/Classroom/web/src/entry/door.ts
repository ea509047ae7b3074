// Before a class: what works, what one wants to come in with, and a look at oneself.
import { $, field, press } from '../dom';
import { blur, blurred } from '../media/blurred';
import type { DeviceChoice } from '../media/devices';
import type { Room } from '../room';
import { type Key, say } from '../words/say';
import { isShown, show } from './out';
import type { Seat } from './seat';
import { type Devices, SelfCheck } from './selfcheck';
import type { Found } from './troubles';

export interface Wishes extends Devices {
  agreesToRecording: boolean;
}

export class DoorStep {
  #room: Room;
  #check = new SelfCheck();
  #devices: Devices = { mic: null, camera: null };
  #preview: MediaStreamTrack | null = null;
  #entered = false;
  #help: Promise<Found | null> | undefined;

  /** @param enter once, with what was wanted and is there. */
  constructor(room: Room, devices: DeviceChoice, enter: (wishes: Wishes) => void) {
    this.#room = room;
    devices.on('chosen', async (kind) => {
      if (kind === 'audiooutput' || this.#entered) return;
      const wanted = field('wantMic').checked;
      await this.#measure();
      field('wantMic').checked = wanted && !!this.#devices.mic;
    });
    press('playSound').onclick = () => this.#check.playSound();
    this.#check.heard = (good, key) => good || this.#tellHelp(key);
    field('wantBlur').checked = blur.wanted;
    field('wantBlur').onchange = () => this.#look();
    press('enter').onclick = async () => {
      // A second click of the same hand would make a second connection, and each would put the other out.
      if (this.#entered) return;
      this.#entered = true;
      press('enter').disabled = true;
      enter(await this.#wishes());
    };
  }

  async run(seat: Seat): Promise<void> {
    field('wantCam').checked = false;
    $('recordDoor').hidden = !seat.recordingAllowed;
    if (seat.recordingAllowed) $('privacy').textContent = say('privacyRecording');
    show('check');
    await this.#measure();
    if (!this.#entered) field('wantMic').checked &&= !!this.#devices.mic;
  }

  /** Who helps, and whom to call: only loaded where something is wrong. */
  async #tellHelp(key: Key): Promise<void> {
    this.#help ??= import('./troubles').then(
      ({ Found }) => {
        const found = new Found();
        found.learnNumbers();
        return found;
      },
      () => null,
    );
    (await this.#help)?.add(false, key);
  }

  async #measure(): Promise<void> {
    (await this.#help)?.begin();
    this.#devices = await this.#check.run();
    if (this.#entered) return this.#comeLate(this.#devices);
    if (blur.wanted) this.#look();
  }

  async #wishes(): Promise<Wishes> {
    const mic = field('wantMic').checked ? this.#devices.mic : null;
    const camera = field('wantCam').checked ? this.#devices.camera : null;
    const agreesToRecording = !$('recordDoor').hidden && field('wantRecord').checked;
    this.#check.stop([mic, camera].filter((t) => t !== null));
    this.#preview?.stop();
    return { mic, camera: camera && blur.wanted ? await blurred(camera) : camera, agreesToRecording };
  }

  /** At oneself, as the others would see it. */
  async #look(): Promise<void> {
    const { camera } = this.#devices;
    blur.wanted = field('wantBlur').checked;
    $('blurNote').hidden = !blur.wanted;
    this.#preview?.stop();
    this.#preview = null;
    if (blur.wanted && camera)
      this.#preview = await blurred(camera.clone(), (key) => {
        $('blurNote').textContent = say(key);
      });
    const seen = this.#preview ?? camera;
    $<HTMLVideoElement>('preview').srcObject = new MediaStream(seen ? [seen] : []);
  }

  /** The browser's question was answered after "Enter": what was wanted is used, the rest is let go at once. */
  async #comeLate({ mic, camera }: Devices): Promise<void> {
    const { media, limits } = this.#room;
    const gone = isShown('out');
    if (!gone && field('wantMic').checked && limits?.microphone !== false) await media.setMic(mic);
    else mic?.stop();
    if (!gone && field('wantCam').checked && limits?.camera !== false)
      await media.setCamera(camera && blur.wanted ? await blurred(camera) : camera);
    else camera?.stop();
    if (!gone) this.#room.tellFlags();
  }
}
