// What the teacher's browser records, where the campaign allows it and everybody has agreed: what the teacher hears, and what the
// class sees, drawn small. Loaded when a recording starts; sent to the service in pieces of five seconds, nothing is kept here.

const width = 960,
  height = 540,
  perSecond = 8;

export class Recording {
  #recorder = null;
  #audio = null;
  #timer = 0;
  #sending = Promise.resolve();
  #number = 0;
  #sources = new Map();

  /** @param scene what to draw: { tiles: [{video, name}], board, page } ; @param sounds tracks that are heard now */
  constructor(id, query, scene, sounds) {
    Object.assign(this, { id, query, scene, sounds });
  }

  start() {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    this.#audio = new AudioContext();
    const mixed = this.#audio.createMediaStreamDestination();
    this.#timer = setInterval(() => {
      this.#mix(mixed);
      draw(context, this.scene());
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
  async stop() {
    clearInterval(this.#timer);
    if (this.#recorder?.state === 'recording')
      await new Promise((done) => {
        this.#recorder.onstop = done;
        this.#recorder.stop();
      });
    await this.#sending;
    await this.#audio?.close();
  }

  /** Who comes is heard from then on, who leaves no more. */
  #mix(to) {
    const now = new Set(this.sounds().filter((t) => t?.readyState === 'live'));
    for (const [track, source] of this.#sources)
      if (!now.has(track)) {
        source.disconnect();
        this.#sources.delete(track);
      }
    for (const track of now) {
      if (this.#sources.has(track)) continue;
      const source = this.#audio.createMediaStreamSource(new MediaStream([track]));
      source.connect(to);
      this.#sources.set(track, source);
    }
  }

  #send(piece) {
    const number = this.#number++;
    this.#sending = this.#sending.then(async () => {
      for (let attempt = 1; attempt <= 5; attempt++) {
        try {
          // A refusal is final: the class may no longer be recorded.
          const answer = await fetch(`/classroom/recordings/${this.id}/${number}?${this.query}`, {
            method: 'POST',
            headers: { 'content-type': 'video/webm' },
            body: piece,
          });
          if (answer.status < 500) return;
        } catch {
          /* the network: again */
        }
        await new Promise((done) => setTimeout(done, 1000 * attempt));
      }
    });
  }
}

function draw(c, { tiles, board, page }) {
  c.fillStyle = '#11151a';
  c.fillRect(0, 0, width, height);
  const main = page ?? board;
  if (main) {
    c.fillStyle = '#fff';
    c.fillRect(0, 0, width * 0.75, height);
    fit(c, main, 0, 0, width * 0.75, height);
  }
  const columns = main ? 1 : Math.ceil(Math.sqrt(tiles.length)),
    rows = Math.ceil(tiles.length / columns) || 1;
  const left = main ? width * 0.75 : 0,
    w = (width - left) / columns,
    h = height / rows;
  tiles.forEach(({ video, name }, i) => {
    const x = left + (i % columns) * w,
      y = Math.floor(i / columns) * h;
    if (video?.videoWidth) fit(c, video, x, y, w, h);
    c.fillStyle = '#fff';
    c.font = '16px sans-serif';
    c.fillText(name, x + 8, y + h - 10, w - 16);
  });
}

function fit(c, picture, x, y, w, h) {
  const pw = picture.videoWidth || picture.naturalWidth || picture.width,
    ph = picture.videoHeight || picture.naturalHeight || picture.height;
  if (!pw || !ph) return;
  const scale = Math.min(w / pw, h / ph);
  c.drawImage(picture, x + (w - pw * scale) / 2, y + (h - ph * scale) / 2, pw * scale, ph * scale);
}
