// Microphone, camera, sound, network: what works, and what to do where it does not. Before a class, or days before.
import { $, element } from '../dom';
import { openWay } from '../hub';
import { chosenDevice } from '../media/devices';
import { cameraFault, cameraWish, microphoneFault, microphoneWish, track } from '../media/wishes';
import type { Way } from '../ways';
import { type Key, say } from '../words/say';
import { adviceOf, openPaths } from './relays';
import { OwnVoice } from './voice';

export interface Devices {
  mic: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
}

const both = (...tracks: (MediaStreamTrack | null)[]) => new MediaStream(tracks.filter((t) => t !== null));

export class SelfCheck {
  #stream: MediaStream | null = null;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #over = false;
  #preview = $<HTMLVideoElement>('preview');
  #level = $<HTMLMeterElement>('micLevel');
  #advice = $('advice');
  #voice = new OwnVoice();
  /** Counts the times it was asked for: what an earlier one still finds is not told any more. */
  #round = 0;
  /** Ends when what the network lets through has been told as well; the way that is open, if one is. */
  told: Promise<Way | null> = Promise.resolve(null);

  /**
   * Asks for microphone and camera, each for itself: one that is missing must not cost the other. Answers as soon as they are there:
   * whoever goes in while the network is still tried goes in with them.
   */
  async run(): Promise<Devices> {
    this.stop();
    this.#over = false;
    const round = ++this.#round;
    this.#advice.replaceChildren();
    if (!window.RTCPeerConnection || !navigator.mediaDevices) {
      this.tell(false, 'browserBad');
      return { mic: null, camera: null };
    }
    const [mic, camera] = await Promise.all([track(microphoneWish), track(cameraWish)]);
    // Whoever went in before the browser had its answer is no longer at the door.
    if (this.#over) return { mic, camera };
    if (round !== this.#round) {
      for (const t of [mic, camera]) t?.stop();
      return { mic: null, camera: null };
    }
    this.tell(!!mic, mic ? 'micGood' : microphoneFault());
    this.tell(!!camera, camera ? 'camGood' : cameraFault());
    this.#stream = both(mic, camera);
    this.#preview.srcObject = this.#stream;
    this.#voice.of(mic);
    if (mic) this.#measure(mic);
    this.told = this.#network(round).then((passes) => (passes ? this.#way(round) : null));
    return { mic, camera };
  }

  stop(keep: MediaStreamTrack[] = []): void {
    this.#over = true;
    this.#voice.of(null);
    clearInterval(this.#timer);
    this.#context?.close();
    this.#context = null;
    for (const t of this.#stream?.getTracks() ?? []) if (!keep.includes(t)) t.stop();
    this.#stream = null;
    this.#preview.srcObject = null;
  }

  /** Two soft tones: who hears them will hear the class. */
  playSound(): void {
    const context: AudioContext & { setSinkId?(id: string): Promise<void> } = new AudioContext();
    context.setSinkId?.(chosenDevice('audiooutput')).catch(() => {});
    for (const [i, frequency] of [440, 660].entries()) {
      const tone = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0.15 });
      tone.connect(volume).connect(context.destination);
      tone.start(context.currentTime + i * 0.35);
      tone.stop(context.currentTime + i * 0.35 + 0.3);
    }
    setTimeout(() => context.close(), 1200);
  }

  #measure(mic: MediaStreamTrack): void {
    this.#context = new AudioContext();
    const analyser = new AnalyserNode(this.#context, { fftSize: 512 });
    this.#context.createMediaStreamSource(both(mic)).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.#level.value = Math.min(1, 6 * Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));
    }, 100);
  }

  /** Three small requests: their median says more about a class than a download of many megabytes. */
  async #network(round: number): Promise<boolean> {
    try {
      const times: number[] = [];
      for (let i = 0; i < 3; i++) {
        const from = performance.now();
        await fetch(`/classroom/check?${Math.random()}`, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
        times.push(performance.now() - from);
      }
      if (round === this.#round) this.tell(true, (times.sort((a, b) => a - b)[1] ?? 0) < 500 ? 'netGood' : 'netSlow');
      return true;
    } catch {
      if (round === this.#round) this.tell(false, 'netBad');
      return false;
    }
  }

  /** What web pages pass, a WebSocket need not, and sound still less: each tried as the class itself will do it. */
  async #way(round: number): Promise<Way | null> {
    const { way, said } = await openWay<RTCIceServer[]>('/hubs/check', 'Relays');
    if (round === this.#round) this.tell(way === 'socket', way === 'socket' ? 'wayGood' : way === 'requests' ? 'waySlow' : 'wayBad');
    const open = this.#over ? null : await openPaths(said ?? []);
    if (open && !this.#over && round === this.#round) this.tell(open.has('udp'), adviceOf(open));
    return way;
  }

  /** Whoever wants to know what is told. */
  heard: (good: boolean, key: Key) => void = () => {};

  tell(good: boolean, key: Key, ...figures: unknown[]): void {
    this.heard(good, key);
    this.#advice.append(element('li', { className: good ? 'good' : 'bad' }, say(key, ...figures)));
  }
}
