// A blurred background, loaded when somebody wants it. A model tells the person from the room, in this browser alone; no picture
// leaves it for that. Until the model is there, and on devices that are too slow for it, the whole picture is softened instead:
// it protects as well, and no sharp picture of a room ever slips out.

import { Bus } from '../bus';
import { libraries } from '../libraries';

const files = libraries.selfie;
const perSecond = 15;

/** Slower than this, in milliseconds for a picture, the model would make the class stutter; slower than that, it makes it stand still. */
const tooSlow = 120,
  farTooSlow = 1000;

type BlurKind = 'whole' | 'background';

type Mask = (picture: TexImageSource) => Promise<CanvasImageSource & { width: number }>;

/** A track that softens what it shows. */
export type BlurredTrack = MediaStreamTrack & { blur?: Blur };

/** What the library's own script puts there. */
interface Segmentation {
  setOptions(options: { modelSelection: number }): void;
  onResults(take: (r: { segmentationMask: Awaited<ReturnType<Mask>> }) => void): void;
  initialize(): Promise<void>;
  send(picture: { image: TexImageSource }): Promise<void>;
}

declare global {
  interface Window {
    SelfieSegmentation: new (options: { locateFile: (name: string) => string }) => Segmentation;
  }
}

let model: Promise<Mask> | null = null;

export class Blur extends Bus<{ kind: BlurKind; slow: undefined }> {
  #video = document.createElement('video');
  #canvas = document.createElement('canvas');
  #small = document.createElement('canvas');
  #cut = document.createElement('canvas');
  #timer: ReturnType<typeof setInterval> | undefined;
  #source: MediaStreamTrack | null = null;
  #mask: Mask | null = null;
  #working = false;
  #slow = 0;
  #pictures = 0;
  #stopped = false;

  /** What is blurred now. */
  kind: BlurKind = 'whole';

  /** @param track the camera's; @returns the track to send in its place */
  async start(track: MediaStreamTrack): Promise<BlurredTrack> {
    this.#source = track;
    this.#video.muted = this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([track]);
    await this.#video.play();
    this.#canvas.width = this.#cut.width = this.#video.videoWidth || 640;
    this.#canvas.height = this.#cut.height = this.#video.videoHeight || 360;
    this.#small.width = 32;
    this.#small.height = Math.max(1, Math.round((32 * this.#canvas.height) / this.#canvas.width));
    this.#paint();
    const sent = this.#canvas.captureStream(perSecond).getVideoTracks()[0] as MediaStreamTrack;
    // A timer and not the screen's frames: those stand still while another tab is in front, and a class would see a frozen face.
    this.#timer = setInterval(() => this.#paint(), 1000 / perSecond);
    const stop = sent.stop.bind(sent);
    sent.stop = () => {
      this.stop();
      stop();
    };
    if (!drawsFast()) this.#giveUp();
    else
      load().then(
        (m) => {
          if (!this.#stopped) this.#mask = m;
        },
        () => this.#giveUp(),
      );
    return sent;
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#source?.stop();
    this.#video.srcObject = null;
  }

  #paint(): void {
    if (this.#stopped) return;
    if (this.#mask && !this.#working) this.#segment();
    if (this.kind === 'whole') this.#soften();
  }

  /** Shrunk and drawn large again: blurs alike in every browser, also where a canvas knows no filter. */
  #soften(): void {
    const c = flat(this.#canvas);
    flat(this.#small).drawImage(this.#video, 0, 0, this.#small.width, this.#small.height);
    c.globalCompositeOperation = 'source-over';
    c.imageSmoothingEnabled = true;
    c.imageSmoothingQuality = 'high';
    c.drawImage(this.#small, 0, 0, this.#canvas.width, this.#canvas.height);
  }

  async #segment(): Promise<void> {
    this.#working = true;
    const from = performance.now();
    try {
      const mask = await this.#mask?.(this.#video);
      const took = performance.now() - from;
      if (this.#stopped || !this.#mask || !mask) return;
      // The first two pictures warm the model up; after them one slow picture is an accident, several are a slow device.
      if (++this.#pictures > 2) this.#slow = took > tooSlow ? this.#slow + 1 : Math.max(0, this.#slow - 1);
      if (this.#slow > 6 || (this.#pictures > 2 && took > farTooSlow)) return this.#giveUp();
      if (took > tooSlow && this.kind === 'whole') return;
      const p = flat(this.#cut);
      p.globalCompositeOperation = 'copy';
      p.drawImage(mask, 0, 0, this.#cut.width, this.#cut.height);
      p.globalCompositeOperation = 'source-in';
      p.drawImage(this.#video, 0, 0, this.#cut.width, this.#cut.height);
      this.#soften();
      flat(this.#canvas).drawImage(this.#cut, 0, 0);
      this.#become('background');
    } catch {
      this.#giveUp();
    } finally {
      this.#working = false;
    }
  }

  #giveUp(): void {
    this.#mask = null;
    this.#become('whole');
    this.tell('slow', undefined);
  }

  #become(kind: BlurKind): void {
    if (this.kind !== kind) {
      this.kind = kind;
      this.tell('kind', kind);
    }
  }
}

const flat = (canvas: HTMLCanvasElement) => canvas.getContext('2d') as CanvasRenderingContext2D;

/** Whether something draws here that is made for it. Without it the model takes seconds for a picture, and six megabytes to learn that. */
function drawsFast(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return false;
  const known = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(known ? known.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}

/** The model, once for the page: a function from a picture to its mask. */
export function load(): Promise<Mask> {
  model ??= (async () => {
    await new Promise<unknown>((done, failed) => {
      const script = document.createElement('script');
      script.src = `${files}selfie_segmentation.js`;
      script.onload = done;
      script.onerror = () => failed(new Error('not loaded'));
      document.head.append(script);
    });
    const segmentation = new window.SelfieSegmentation({ locateFile: (name) => files + name });
    segmentation.setOptions({ modelSelection: 1 });
    let mask: Awaited<ReturnType<Mask>>;
    segmentation.onResults((r) => {
      mask = r.segmentationMask;
    });
    await segmentation.initialize();
    return async (picture: TexImageSource) => {
      await segmentation.send({ image: picture });
      return mask;
    };
  })();
  return model;
}
