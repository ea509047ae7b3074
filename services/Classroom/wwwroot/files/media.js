// Sound and pictures: one connection that sends, one that receives, both to the media server. What is received is decided by the
// server; how much of it, by the network as measured here.

// Two layers: Chromium drops a third one from cameras below 960 × 540, which many are.
const layers = [
  { rid: 'h', maxBitrate: 500_000 },
  { rid: 'l', maxBitrate: 100_000, scaleResolutionDownBy: 2 },
];

/** Enough for the tiles of a small group, and light on a telephone's processor and battery. */
export const cameraWish = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 20, max: 24 } };

export const microphoneWish = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } };

/** Modes in the order of what they cost. */
export const modes = ['audio', 'weak', 'good'];

export class Media extends EventTarget {
  #hub;
  #ice = [];
  #epoch = -1;
  #send = null;
  #receive = null;
  #audio = null;
  #video = null;
  #queue = Promise.resolve();
  #before = new Map();
  #bad = 0;
  #fine = 0;
  #patience = 5;
  #raisedAt = 0;
  #wanted = new Map();
  mic = null;
  camera = null;
  screen = null;
  mode = 'good';
  forced = null;

  constructor(hub) {
    super();
    this.#hub = hub;
    setInterval(() => this.#measure().catch(() => {}), 2000);
    setInterval(() => this.#listen(), 300);
  }

  set ice(servers) {
    this.#ice = servers;
  }

  get effective() {
    return this.forced ?? this.mode;
  }

  /** The server has a seat for us (again): send what we have. */
  async begin(epoch) {
    this.stop();
    this.#epoch = epoch;
    const send = this.#connection(epoch, true);
    this.#send = send;
    this.#audio = send.addTransceiver('audio', { direction: 'sendonly' });
    this.#video = send.addTransceiver('video', { direction: 'sendonly', sendEncodings: layers });
    await this.#audio.sender.replaceTrack(this.mic);
    await this.#video.sender.replaceTrack(this.effective === 'audio' ? null : (this.screen ?? this.camera));
    await send.setLocalDescription(await send.createOffer());
    const reply = await this.#hub.call('Publish', epoch, send.localDescription.sdp);
    if (send !== this.#send) return;
    if (!reply.ok) return this.#again(epoch);
    await send.setRemoteDescription({ type: 'answer', sdp: reply.value });
    await this.#limit();
  }

  /** What the server has for us to receive. One answer at a time, in order. */
  offered({ epoch, sdp, streams }) {
    this.#queue = this.#queue
      .then(async () => {
        if (epoch < this.#epoch) return;
        if (!this.#receive || this.#receive.epoch !== epoch) {
          this.#receive?.close();
          this.#receive = this.#connection(epoch, false);
          this.#receive.epoch = epoch;
        }
        const receive = this.#receive;
        await receive.setRemoteDescription({ type: 'offer', sdp });
        await receive.setLocalDescription(await receive.createAnswer());
        if (receive !== this.#receive) return;
        const reply = await this.#hub.call('Answer', epoch, receive.localDescription.sdp);
        if (receive !== this.#receive) return;
        if (!reply.ok) await this.#again(epoch);
        const lines = new Map(streams.map((s) => [s.mid, s]));
        const heard = [];
        for (const t of receive.getTransceivers()) {
          const line = lines.get(t.mid);
          if (line && t.currentDirection !== 'inactive') heard.push({ ...line, track: t.receiver.track, receiver: t.receiver });
        }
        this.received = heard;
        this.dispatchEvent(new CustomEvent('received', { detail: heard }));
        for (const [id, level] of this.#wanted) this.#watch(id, level);
      })
      .catch((e) => {
        console.warn('offer', e.message);
        this.#again(epoch);
      });
  }

  /** An offer without its answer would hold up all that follow: both sides begin anew. The service passes over earlier seats. */
  #again(epoch) {
    this.#hub.call('Rejoin', epoch).catch(() => {});
  }

  /** A new connection to the service counts its seats from the beginning. */
  reset() {
    this.stop();
    this.#epoch = -1;
    this.#receive?.close();
    this.#receive = null;
    // What a connection was doing when it was closed never comes to an end: nothing may wait behind it.
    this.#queue = Promise.resolve();
    this.received = [];
  }

  stop() {
    this.#send?.close();
    this.#send = this.#audio = this.#video = null;
    this.#before.clear();
  }

  async setMic(track) {
    this.mic?.stop();
    this.mic = track;
    await this.#audio?.sender.replaceTrack(track);
  }

  async setCamera(track) {
    this.camera?.stop();
    this.camera = track;
    await this.#picture();
  }

  async setScreen(track) {
    if (this.screen !== track) this.screen?.stop();
    this.screen = track;
    await this.#picture();
  }

  /** How large a participant's picture is on the page. */
  want(id, level) {
    if (this.#wanted.get(id) !== level) {
      this.#wanted.set(id, level);
      this.#watch(id, level);
    }
  }

  /** A person's own choice of sound alone; null leaves it to the network. */
  async force(mode) {
    this.forced = mode;
    await this.#apply();
  }

  #watch(id, level) {
    const now = this.effective === 'audio' ? 'off' : this.effective === 'weak' ? 'low' : level;
    this.#hub.call('Watch', id, now).catch(() => {});
  }

  async #picture() {
    await this.#video?.sender.replaceTrack(this.effective === 'audio' ? null : (this.screen ?? this.camera));
    await this.#limit();
  }

  async #limit() {
    const sender = this.#video?.sender;
    const parameters = sender?.getParameters();
    if (!parameters?.encodings?.length) return;
    const all = this.effective === 'good';
    parameters.encodings.forEach((e, i) => {
      e.active = all || i === parameters.encodings.length - 1;
      // Chromium holds a lone layer to the rate of the first one, so all of them get the smallest.
      e.maxBitrate = all ? layers[i].maxBitrate : layers.at(-1).maxBitrate;
    });
    await sender.setParameters(parameters).catch(() => {});
  }

  async #apply() {
    await this.#picture();
    for (const [id, level] of this.#wanted) this.#watch(id, level);
    this.dispatchEvent(new CustomEvent('mode', { detail: this.effective }));
  }

  #connection(epoch, sending) {
    const connection = new RTCPeerConnection({ iceServers: this.#ice, bundlePolicy: 'max-bundle' });
    connection.onicecandidate = (e) => {
      if (e.candidate) this.#hub.call('Candidate', epoch, sending, e.candidate.toJSON()).catch(() => {});
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'failed') this.#again(epoch);
    };
    return connection;
  }

  /** Every two seconds: loss in both directions, delay, and what the way out can carry. */
  async #measure() {
    if (this.#send?.connectionState !== 'connected') return;
    let lost = 0,
      got = 0,
      outLoss = 0,
      delay = 0,
      room = Infinity;
    if (this.#receive) {
      for (const s of (await this.#receive.getStats()).values()) {
        if (s.type !== 'inbound-rtp') continue;
        const was = this.#before.get(s.id) ?? s;
        this.#before.set(s.id, s);
        lost += Math.max(0, s.packetsLost - was.packetsLost);
        got += Math.max(0, s.packetsReceived - was.packetsReceived);
      }
    }
    for (const s of (await this.#send.getStats()).values()) {
      if (s.type === 'remote-inbound-rtp') {
        outLoss = Math.max(outLoss, s.fractionLost ?? 0);
        delay = Math.max(delay, s.roundTripTime ?? 0);
      }
      if (s.type === 'candidate-pair' && s.nominated && s.availableOutgoingBitrate) room = s.availableOutgoingBitrate;
    }
    const inLoss = lost + got > 20 ? lost / (lost + got) : 0;
    const sendsPicture = this.effective !== 'audio' && (this.camera || this.screen);
    const bad = inLoss > 0.03 || outLoss > 0.03 || delay > 0.8 || (sendsPicture && room < (this.mode === 'good' ? 200_000 : 70_000));
    const fine = inLoss < 0.015 && outLoss < 0.015 && delay < 0.4;
    this.last = { inLoss, outLoss, delay, room, mode: this.mode };
    this.#bad = bad ? this.#bad + 1 : 0;
    this.#fine = fine ? this.#fine + 1 : 0;
    const index = modes.indexOf(this.mode);
    if (this.#bad >= 2 && index > 0) {
      // A raise that did not last makes us wait longer for the next one.
      if (Date.now() - this.#raisedAt < 20_000) this.#patience = Math.min(20, this.#patience * 2);
      await this.#become(index - 1);
    } else if (this.#fine >= this.#patience && index < modes.length - 1) {
      this.#raisedAt = Date.now();
      await this.#become(index + 1);
    } else if (this.#fine > 30) this.#patience = 5;
  }

  async #become(index) {
    this.mode = modes[index];
    this.#bad = this.#fine = 0;
    await this.#apply();
  }

  #listen() {
    for (const r of this.received ?? []) {
      if (r.kind !== 'audio') continue;
      const level = r.receiver.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
      this.dispatchEvent(new CustomEvent('level', { detail: { id: r.participantId, speaking: level > 0.03 } }));
    }
  }

  /** For the tests and for whoever helps somebody by telephone. */
  async statistics() {
    const all = [];
    for (const [id, connection] of [
      ['send', this.#send],
      ['receive', this.#receive],
    ]) {
      if (!connection) continue;
      for (const s of (await connection.getStats()).values()) {
        if (s.type === 'inbound-rtp') {
          const line = (this.received ?? []).find((r) => r.mid === s.mid);
          all.push({
            id,
            kind: s.kind,
            participantId: line?.participantId,
            bytes: s.bytesReceived,
            packets: s.packetsReceived,
            lost: s.packetsLost,
            frames: s.framesDecoded,
            width: s.frameWidth,
            energy: s.totalAudioEnergy,
            concealed: s.concealedSamples,
            samples: s.totalSamplesReceived,
          });
        }
        if (s.type === 'outbound-rtp') all.push({ id, kind: s.kind, rid: s.rid, bytes: s.bytesSent, packets: s.packetsSent });
      }
    }
    return all;
  }
}
