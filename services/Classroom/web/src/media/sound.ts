// What a participant hears: one <audio> for each person. A picture that has not had its first frame holds back everything of its
// element in Chromium, so that a voice which shares one with a camera that is off would never be heard.
import { Bus } from '../bus';
import { chosenDevice } from './devices';

export class Sound extends Bus<{ blocked: boolean; plays: undefined }> {
  #heard = new Map<string, HTMLAudioElement>();
  #place: Element;

  /** @param place where the elements stand; none of them is seen. */
  constructor(place: Element) {
    super();
    this.#place = place;
    // The tap or key that a browser waits for may be any: nobody has to find a button for it.
    for (const kind of ['pointerup', 'keyup']) document.addEventListener(kind, () => this.resume());
  }

  /** @param voices everybody who is received now. */
  take(voices: { participantId: string; track: MediaStreamTrack }[]): Promise<void> {
    const tracks = new Map(voices.map((v) => [v.participantId, v.track]));
    for (const [id, audio] of this.#heard)
      if (!tracks.has(id)) {
        audio.remove();
        this.#heard.delete(id);
      }
    for (const [id, track] of tracks) {
      const audio = this.#heard.get(id) ?? this.#add(id);
      if ((audio.srcObject as MediaStream | null)?.getAudioTracks()[0] !== track) audio.srcObject = new MediaStream([track]);
    }
    return this.resume();
  }

  /** Plays what stands still; tells when the browser wants a tap first, and when it has had it. */
  async resume(): Promise<void> {
    const still = [...this.#heard.values()].filter((audio) => audio.paused);
    if (!still.length) return;
    const answers = await Promise.allSettled(still.map((audio) => audio.play()));
    const refused = answers.some((a) => a.status === 'rejected' && a.reason?.name === 'NotAllowedError');
    this.tell('blocked', refused);
  }

  /** Another loudspeaker was chosen. */
  redirect(): void {
    for (const audio of this.#heard.values()) direct(audio);
  }

  #add(id: string): HTMLAudioElement {
    const audio = document.createElement('audio');
    audio.autoplay = true;
    audio.dataset.id = id;
    audio.ontimeupdate = () => {
      if (!audio.currentTime) return;
      audio.ontimeupdate = null;
      this.tell('plays', undefined);
    };
    direct(audio);
    this.#heard.set(id, audio);
    this.#place.append(audio);
    return audio;
  }
}

/** Where browsers can; a loudspeaker that is not there today leaves the usual one. */
function direct(audio: HTMLAudioElement): void {
  audio.setSinkId?.(chosenDevice('audiooutput')).catch(() => audio.setSinkId('').catch(() => {}));
}
