// Sound and pictures: one connection that sends, one that receives, both to the media server. What is received is decided by the
// server; how much of it, by the network as measured here.
import { Bus } from '../bus';
import type { Kind, Offer, Quality, Reply } from '../contract';
import { Hearing, type Heard as Said } from './hearing';
import { layers } from './wishes';

/** Modes in the order of what they cost. */
export const modes: readonly Quality[] = ['audio', 'weak', 'good'];

export type Level = 'high' | 'low';

/** What carries our words to the service. */
interface Caller {
  call<T>(name: string, ...values: unknown[]): Promise<T>;
}

export interface Received {
  mid: string;
  participantId: string;
  kind: Kind;
  track: MediaStreamTrack;
  receiver: RTCRtpReceiver;
}

interface Heard {
  received: Received[];
  mode: Quality;
  level: { id: string; speaking: boolean };
  /** Of what we send ourselves. */
  own: { heard: Said; level: number };
}

/** Of the browsers' statistics, what we read. */
type Stat = Record<string, number> & { id: string; type: string; kind: string; mid?: string; rid?: string; nominated?: boolean };

export class Media extends Bus<Heard> {
  #hub: Caller;
  #ice: RTCIceServer[] = [];
  #epoch = -1;
  #send: RTCPeerConnection | null = null;
  #receive: RTCPeerConnection | null = null;
  #receiveEpoch = -1;
  #audio: RTCRtpTransceiver | null = null;
  #video: RTCRtpTransceiver | null = null;
  #queue: Promise<void> = Promise.resolve();
  #before = new Map<string, Stat>();
  #bad = 0;
  #fine = 0;
  #patience = 5;
  #raisedAt = 0;
  #wanted = new Map<string, Level>();
  #measured: { energy: number; seconds: number } | null = null;
  #hearing = new Hearing();
  mic: MediaStreamTrack | null = null;
  camera: MediaStreamTrack | null = null;
  screen: MediaStreamTrack | null = null;
  mode: Quality = 'good';
  forced: Quality | null = null;
  received: Received[] = [];
  last: unknown;

  constructor(hub: Caller) {
    super();
    this.#hub = hub;
    setInterval(() => this.#measure().catch(() => {}), 2000);
    setInterval(() => this.#listen(), 300);
    setInterval(() => this.#hearMyself().catch(() => {}), 500);
  }

  set ice(servers: RTCIceServer[]) {
    this.#ice = servers;
  }

  get effective(): Quality {
    return this.forced ?? this.mode;
  }

  /** The server has a seat for us (again): send what we have. */
  async begin(epoch: number): Promise<void> {
    this.stop();
    this.#epoch = epoch;
    const send = this.#connection(epoch, true);
    this.#send = send;
    this.#audio = send.addTransceiver('audio', { direction: 'sendonly' });
    this.#video = send.addTransceiver('video', { direction: 'sendonly', sendEncodings: layers });
    await this.#audio.sender.replaceTrack(this.mic);
    await this.#video.sender.replaceTrack(this.effective === 'audio' ? null : (this.screen ?? this.camera));
    await send.setLocalDescription(await send.createOffer());
    const reply = await this.#hub.call<Reply<string>>('Publish', epoch, send.localDescription?.sdp);
    if (send !== this.#send) return;
    if (!reply.ok) return this.#again(epoch);
    await send.setRemoteDescription({ type: 'answer', sdp: reply.value });
    await this.#limit();
  }

  /** What the server has for us to receive. One answer at a time, in order. */
  offered({ epoch, sdp, streams }: Offer): void {
    this.#queue = this.#queue
      .then(async () => {
        if (epoch < this.#epoch) return;
        const receive = this.#receiver(epoch);
        await receive.setRemoteDescription({ type: 'offer', sdp });
        await receive.setLocalDescription(await receive.createAnswer());
        if (receive !== this.#receive) return;
        const reply = await this.#hub.call<Reply>('Answer', epoch, receive.localDescription?.sdp);
        if (receive !== this.#receive) return;
        if (!reply.ok) await this.#again(epoch);
        const lines = new Map(streams.map((s) => [s.mid, s]));
        const heard: Received[] = [];
        for (const t of receive.getTransceivers()) {
          const line = lines.get(t.mid ?? '');
          if (line && t.currentDirection !== 'inactive') heard.push({ ...line, track: t.receiver.track, receiver: t.receiver });
        }
        this.received = heard;
        this.tell('received', heard);
        for (const [id, level] of this.#wanted) this.#watch(id, level);
      })
      .catch((e: Error) => {
        console.warn('offer', e.message);
        this.#again(epoch);
      });
  }

  #receiver(epoch: number): RTCPeerConnection {
    if (this.#receive && this.#receiveEpoch === epoch) return this.#receive;
    this.#receive?.close();
    this.#receiveEpoch = epoch;
    this.#receive = this.#connection(epoch, false);
    return this.#receive;
  }

  /** An offer without its answer would hold up all that follow: both sides begin anew. The service passes over earlier seats. */
  #again(epoch: number): void {
    this.#hub.call('Rejoin', epoch).catch(() => {});
  }

  /** A new connection to the service counts its seats from the beginning. */
  reset(): void {
    this.stop();
    this.#epoch = -1;
    this.#receive?.close();
    this.#receive = null;
    // What a connection was doing when it was closed never comes to an end: nothing may wait behind it.
    this.#queue = Promise.resolve();
    this.received = [];
  }

  stop(): void {
    this.#send?.close();
    this.#send = this.#audio = this.#video = null;
    this.#before.clear();
  }

  async setMic(track: MediaStreamTrack | null): Promise<void> {
    this.mic?.stop();
    this.mic = track;
    await this.#audio?.sender.replaceTrack(track);
  }

  async setCamera(track: MediaStreamTrack | null): Promise<void> {
    this.camera?.stop();
    this.camera = track;
    await this.#picture();
  }

  async setScreen(track: MediaStreamTrack | null): Promise<void> {
    if (this.screen !== track) this.screen?.stop();
    this.screen = track;
    await this.#picture();
  }

  /** How large a participant's picture is on the page. */
  want(id: string, level: Level): void {
    if (this.#wanted.get(id) !== level) {
      this.#wanted.set(id, level);
      this.#watch(id, level);
    }
  }

  /** A person's own choice of sound alone; null leaves it to the network. */
  async force(mode: Quality | null): Promise<void> {
    this.forced = mode;
    await this.#apply();
  }

  #watch(id: string, level: Level): void {
    const now = this.effective === 'audio' ? 'off' : this.effective === 'weak' ? 'low' : level;
    this.#hub.call('Watch', id, now).catch(() => {});
  }

  async #picture(): Promise<void> {
    await this.#video?.sender.replaceTrack(this.effective === 'audio' ? null : (this.screen ?? this.camera));
    await this.#limit();
  }

  async #limit(): Promise<void> {
    const sender = this.#video?.sender;
    const parameters = sender?.getParameters();
    if (!sender || !parameters?.encodings?.length) return;
    const all = this.effective === 'good';
    parameters.encodings.forEach((e, i) => {
      e.active = all || i === parameters.encodings.length - 1;
      // Chromium holds a lone layer to the rate of the first one, so all of them get the smallest.
      e.maxBitrate = (all ? layers[i] : layers.at(-1))?.maxBitrate;
    });
    await sender.setParameters(parameters).catch(() => {});
  }

  async #apply(): Promise<void> {
    await this.#picture();
    for (const [id, level] of this.#wanted) this.#watch(id, level);
    this.tell('mode', this.effective);
  }

  #connection(epoch: number, sending: boolean): RTCPeerConnection {
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
  async #measure(): Promise<void> {
    if (this.#send?.connectionState !== 'connected') return;
    let lost = 0,
      got = 0,
      outLoss = 0,
      delay = 0,
      room = Infinity;
    if (this.#receive) {
      for (const s of await stats(this.#receive)) {
        if (s.type !== 'inbound-rtp') continue;
        const was = this.#before.get(s.id) ?? s;
        this.#before.set(s.id, s);
        lost += Math.max(0, number(s.packetsLost) - number(was.packetsLost));
        got += Math.max(0, number(s.packetsReceived) - number(was.packetsReceived));
      }
    }
    for (const s of await stats(this.#send)) {
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

  async #become(index: number): Promise<void> {
    this.mode = modes[index] ?? 'good';
    this.#bad = this.#fine = 0;
    await this.#apply();
  }

  /** What our own microphone gives, and whether it leaves. */
  async #hearMyself(): Promise<void> {
    let level: number | undefined;
    let packets = 0;
    const speaks = this.mic?.readyState === 'live' && this.#send?.connectionState === 'connected';
    if (speaks && this.#audio)
      for (const s of await stats(this.#audio.sender)) {
        if (s.type === 'media-source') level = this.#loudness(s) ?? s.audioLevel;
        if (s.type === 'outbound-rtp') packets = number(s.packetsSent);
      }
    const heard = this.#hearing.take(speaks ? { level, packets } : null, Date.now());
    this.tell('own', { heard, level: level ?? 0 });
  }

  /** Since it was asked last: a moment's level falls between two words as often as on them. */
  #loudness({ totalAudioEnergy: energy, totalSamplesDuration: seconds }: Record<string, number | undefined>): number | undefined {
    if (energy === undefined || seconds === undefined) return undefined;
    const before = this.#measured;
    this.#measured = { energy, seconds };
    // Another microphone begins anew.
    if (!before || seconds <= before.seconds || energy < before.energy) return undefined;
    return Math.sqrt((energy - before.energy) / (seconds - before.seconds));
  }

  #listen(): void {
    for (const r of this.received) {
      if (r.kind !== 'audio') continue;
      const level = r.receiver.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
      this.tell('level', { id: r.participantId, speaking: level > 0.03 });
    }
  }

  /** For the tests and for whoever helps somebody by telephone. */
  async statistics(): Promise<object[]> {
    const all: object[] = [];
    for (const [id, connection] of [
      ['send', this.#send],
      ['receive', this.#receive],
    ] as const) {
      if (!connection) continue;
      for (const s of await stats(connection)) {
        if (s.type === 'inbound-rtp') {
          const line = this.received.find((r) => r.mid === s.mid);
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

const stats = async (connection: { getStats(): Promise<RTCStatsReport> }): Promise<Stat[]> => {
  const all: Stat[] = [];
  (await connection.getStats()).forEach((s: Stat) => {
    all.push(s);
  });
  return all;
};

const number = (value: number | undefined) => value ?? 0;
