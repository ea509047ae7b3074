// One's own voice, three seconds of it, as the others would hear it: kept nowhere but in this page.
import { $, press } from '../dom';
import { type Key, say } from '../words/say';

const long = 3000;

export class OwnVoice {
  #mic: MediaStreamTrack | null = null;
  #busy = false;

  constructor() {
    press('playVoice').onclick = () => this.#listen();
  }

  /** @param mic null where there is none: then there is nothing to try. */
  of(mic: MediaStreamTrack | null): void {
    this.#mic = mic;
    $('ownVoice').hidden = !mic || !('MediaRecorder' in window);
  }

  async #listen(): Promise<void> {
    // Its own copy of the track: whoever goes in meanwhile takes the microphone along.
    const track = this.#mic?.clone();
    if (!track || this.#busy) return;
    this.#busy = true;
    try {
      this.#say('voiceSpeak');
      const heard = await recorded(track);
      this.#say('voicePlays');
      await played(heard);
      this.#say('voiceAsk');
    } catch {
      this.#say('voiceFailed');
    } finally {
      track.stop();
      this.#busy = false;
    }
  }

  #say(key: Key): void {
    $('voiceState').textContent = say(key);
  }
}

function recorded(track: MediaStreamTrack): Promise<Blob> {
  return new Promise((done, failed) => {
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(new MediaStream([track]));
    recorder.ondataavailable = (e) => parts.push(e.data);
    recorder.onstop = () => done(new Blob(parts, { type: recorder.mimeType }));
    recorder.onerror = failed;
    recorder.start();
    setTimeout(() => recorder.stop(), long);
  });
}

async function played(sound: Blob): Promise<void> {
  const address = URL.createObjectURL(sound);
  const audio = new Audio(address);
  audio.id = 'voice';
  try {
    await audio.play();
    await new Promise<void>((over, failed) => {
      audio.onended = () => over();
      audio.onerror = failed;
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
