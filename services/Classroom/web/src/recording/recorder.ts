// What the teacher's browser records, where the campaign allows it and everybody has agreed: what the teacher hears, and what the
// class sees, drawn small. Loaded when a recording starts; sent to the service in pieces of five seconds, nothing is kept here.

interface Scene {
  tiles: { video: HTMLVideoElement | null; name: string }[];
  board: HTMLCanvasElement | null;
  page: HTMLImageElement | null;
}

const width = 960,
  height = 540,
  perSecond = 8;

export class Recording {
  #recorder: MediaRecorder | null = null;
  #audio: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #sending: Promise<void> = Promise.resolve();
  #number = 0;
  #sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();
  readonly id: string;
  #query: string;
  #scene: () => Scene;
  #sounds: () => (MediaStreamTrack | null)[];

  /** @param scene what to draw; @param sounds tracks that are heard now */
  constructor(id: string, query: string, scene: () => Scene, sounds: () => (MediaStreamTrack | null)[]) {
    this.id = id;
    this.#query = query;
    this.#scene = scene;
    this.#sounds = sounds;
  }

  start(): void {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const audio = new AudioContext();
    this.#audio = audio;
    const mixed = audio.createMediaStreamDestination();
    this.#timer = setInterval(() => {
      this.#mix(audio, mixed);
      draw(context, this.#scene());
    }, 1000 / perSecond);
    const stream = new MediaStream([...canvas.captureStream(perSecond).getVideoTracks(), ...mixed.stream.getAudioTracks()]);
    this.#recorder = new MediaRecorder(stream, {
      mimeType: 'video/webm;codecs=vp8,opus',
      videoBitsPerSecond: 300_000,
      audioBitsPerSecond: 48_000,
    });
    this.#recorder.ondataavailable = (e) => {
      if (e.data.size) this.#send(e.data);
    };
    this.#recorder.start(5000);
  }

  /** Ends with the last piece on its way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const recorder = this.#recorder;
    if (recorder?.state === 'recording')
      await new Promise((done) => {
        recorder.onstop = done;
        recorder.stop();
      });
    await this.#sending;
    await this.#audio?.close();
  }

  /** Who comes is heard from then on, who leaves no more. */
  #mix(audio: AudioContext, to: AudioNode): void {
    const now = new Set(this.#sounds().filter((t) => t?.readyState === 'live') as MediaStreamTrack[]);
    for (const [track, source] of this.#sources)
      if (!now.has(track)) {
        source.disconnect();
        this.#sources.delete(track);
      }
    for (const track of now) {
      if (this.#sources.has(track)) continue;
      const source = audio.createMediaStreamSource(new MediaStream([track]));
      source.connect(to);
      this.#sources.set(track, source);
    }
  }

  #send(piece: Blob): void {
    const number = this.#number++;
    this.#sending = this.#sending.then(async () => {
      // Longer than a copy of the service, or the virus scanner, takes to start again.
      for (let attempt = 1; attempt <= 12; attempt++) {
        try {
          // A refusal is final: the class may no longer be recorded.
          const answer = await fetch(`/classroom/recordings/${this.id}/${number}?${this.#query}`, {
            method: 'POST',
            headers: { 'content-type': 'video/webm' },
            body: piece,
          });
          if (answer.status < 500) return;
        } catch {
          /* the network: again */
        }
        await new Promise((done) => setTimeout(done, 1000 * Math.min(attempt, 10)));
      }
    });
  }
}

function draw(c: CanvasRenderingContext2D, { tiles, board, page }: Scene): void {
  c.fillStyle = '#11151a';
  c.fillRect(0, 0, width, height);
  const main = page ?? board;
  if (main) {
    c.fillStyle = '#fff';
    c.fillRect(0, 0, width * 0.75, height);
    place(c, main, 0, 0, width * 0.75, height);
  }
  const columns = main ? 1 : Math.ceil(Math.sqrt(tiles.length)),
    rows = Math.ceil(tiles.length / columns) || 1;
  const left = main ? width * 0.75 : 0,
    w = (width - left) / columns,
    h = height / rows;
  tiles.forEach(({ video, name }, i) => {
    const x = left + (i % columns) * w,
      y = Math.floor(i / columns) * h;
    if (video?.videoWidth) place(c, video, x, y, w, h);
    c.fillStyle = '#fff';
    c.font = '16px sans-serif';
    c.fillText(name, x + 8, y + h - 10, w - 16);
  });
}

function place(
  c: CanvasRenderingContext2D,
  picture: HTMLVideoElement | HTMLImageElement | HTMLCanvasElement,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  const [pw, ph] = size(picture);
  if (!pw || !ph) return;
  const scale = Math.min(w / pw, h / ph);
  c.drawImage(picture, x + (w - pw * scale) / 2, y + (h - ph * scale) / 2, pw * scale, ph * scale);
}

const size = (picture: HTMLVideoElement | HTMLImageElement | HTMLCanvasElement): [number, number] =>
  picture instanceof HTMLVideoElement
    ? [picture.videoWidth, picture.videoHeight]
    : picture instanceof HTMLImageElement
      ? [picture.naturalWidth, picture.naturalHeight]
      : [picture.width, picture.height];
