// Microphone, camera, sound, network: what works, and what to do where it does not. Before a class, or days before.
import { cameraWish, microphoneWish } from './media.js';
import { say } from './words.js';

export class SelfCheck {
  #stream = null;
  #context = null;
  #timer = 0;
  #over = false;

  constructor(elements) {
    this.elements = elements;
  }

  /** Asks for microphone and camera, each for itself: one that is missing must not cost the other. */
  async run() {
    const { advice, preview } = this.elements;
    this.stop();
    this.#over = false;
    advice.replaceChildren();
    if (!window.RTCPeerConnection || !navigator.mediaDevices) {
      this.#tell(false, 'browserBad');
      return { mic: null, camera: null };
    }
    const [mic, camera] = await Promise.all([this.#get(microphoneWish), this.#get({ video: cameraWish })]);
    // Whoever went in before the browser had its answer is no longer at the door.
    if (this.#over) return { mic, camera };
    this.#tell(!!mic, mic ? 'micGood' : 'micBad');
    this.#tell(!!camera, camera ? 'camGood' : 'camBad');
    this.#stream = new MediaStream([mic, camera].filter(Boolean));
    preview.srcObject = this.#stream;
    if (mic) this.#measure(mic);
    await this.#network();
    return { mic, camera };
  }

  stop(keep = []) {
    this.#over = true;
    clearInterval(this.#timer);
    this.#context?.close();
    this.#context = null;
    for (const t of this.#stream?.getTracks() ?? []) if (!keep.includes(t)) t.stop();
    this.#stream = null;
    this.elements.preview.srcObject = null;
  }

  /** Two soft tones: who hears them will hear the class. */
  playSound() {
    const context = new AudioContext();
    for (const [i, frequency] of [440, 660].entries()) {
      const tone = new OscillatorNode(context, { frequency }),
        volume = new GainNode(context, { gain: 0.15 });
      tone.connect(volume).connect(context.destination);
      tone.start(context.currentTime + i * 0.35);
      tone.stop(context.currentTime + i * 0.35 + 0.3);
    }
    setTimeout(() => context.close(), 1200);
  }

  async #get(wish) {
    try {
      return (await navigator.mediaDevices.getUserMedia(wish)).getTracks()[0];
    } catch {
      return null;
    }
  }

  #measure(mic) {
    this.#context = new AudioContext();
    const analyser = new AnalyserNode(this.#context, { fftSize: 512 });
    this.#context.createMediaStreamSource(new MediaStream([mic])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.elements.level.value = Math.min(1, 6 * Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));
    }, 100);
  }

  /** Three small requests: their median says more about a class than a download of many megabytes. */
  async #network() {
    try {
      const times = [];
      for (let i = 0; i < 3; i++) {
        const from = performance.now();
        await fetch(`/classroom/files/words.js?${Math.random()}`, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
        times.push(performance.now() - from);
      }
      this.#tell(true, times.sort((a, b) => a - b)[1] < 500 ? 'netGood' : 'netSlow');
    } catch {
      this.#tell(false, 'netBad');
    }
  }

  #tell(good, key) {
    const line = document.createElement('li');
    line.className = good ? 'good' : 'bad';
    line.textContent = say(key);
    this.elements.advice.append(line);
  }
}
