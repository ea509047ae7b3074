// One's own voice and picture, to a media server and back: what the class will do, tried alone and for a few seconds. Nobody else is there,
// nothing is played, nothing is kept.
import { connect } from '../hub';
import type { Way } from '../ways';
import type { Key } from '../words/say';

export interface Echo {
  /** Sound came back; null: it was not sent. */
  sound: boolean | null;
  /** Kilobits a second that came back at best: both ways carry as much. */
  rate: number;
  /** Of a hundred packets of sound. */
  lost: number;
  /** Milliseconds there and back. */
  delay: number;
  /** The device had more to do than it can: its rate is not the network's. */
  busy: boolean;
}

const seconds = 6;
const gathering = 3000;
const most = 1_000_000;

/** Null where there is no test room: then nothing is known. */
export async function echo(way: Way, mic: MediaStreamTrack | null): Promise<Echo | null> {
  const hub = connect('/hubs/check?turn=0', way);
  const picture = drawn();
  let peer: RTCPeerConnection | undefined;
  try {
    await hub.start();
    peer = new RTCPeerConnection({ iceServers: (await hub.invoke<RTCIceServer[] | null>('Relays')) ?? [] });
    if (mic) peer.addTransceiver(mic, { direction: 'sendrecv' });
    peer.addTransceiver(picture, { direction: 'sendrecv', sendEncodings: [{ maxBitrate: most }] });
    await peer.setLocalDescription(await peer.createOffer());
    await gathered(peer);
    const sdp = await hub.invoke<string | null>('Echo', peer.localDescription?.sdp);
    if (!sdp) return null;
    await peer.setRemoteDescription({ type: 'answer', sdp });
    return await measured(peer, !!mic);
  } catch {
    return null;
  } finally {
    peer?.close();
    picture.stop();
    hub.stop();
  }
}

/** A second each: the best one tells what the network carries, for it starts low and feels its way. */
async function measured(peer: RTCPeerConnection, speaks: boolean): Promise<Echo> {
  const found: Echo = { sound: speaks ? false : null, rate: 0, lost: 0, delay: 0, busy: false };
  let before = 0;
  for (let i = 0; i < seconds; i++) {
    await new Promise((next) => setTimeout(next, 1000));
    let [bytes, came, lost] = [0, 0, 0];
    for (const s of (await peer.getStats()).values()) {
      if (s.type === 'inbound-rtp') {
        bytes += s.bytesReceived;
        // Of pictures some are lost wherever a limit is felt for.
        if (s.kind !== 'audio') continue;
        came += s.packetsReceived;
        lost += Math.max(0, s.packetsLost);
        // Half a second of it.
        if (s.packetsReceived > 25) found.sound = true;
      }
      if (s.type === 'outbound-rtp' && s.qualityLimitationReason === 'cpu') found.busy = true;
      if (s.type === 'candidate-pair' && s.nominated) found.delay = Math.round(1000 * (s.currentRoundTripTime ?? 0));
    }
    found.rate = Math.max(found.rate, Math.round((8 * (bytes - before)) / 1000));
    found.lost = came + lost ? Math.round((100 * lost) / (came + lost)) : 0;
    before = bytes;
  }
  return found;
}

/** What to say of it, in words, and with which figure. */
export function adviceOf({ sound, rate, lost, busy }: Echo): [good: boolean, key: Key, figure?: number][] {
  if (sound === false || !rate) return [[false, 'echoBad']];
  const said: [boolean, Key, number?][] = sound ? [[true, 'echoGood']] : [];
  if (rate >= 400) said.push([true, 'rateGood', rate]);
  else if (!busy) said.push([false, rate >= 120 ? 'rateSmall' : 'rateVoice', rate]);
  if (lost >= 5) said.push([false, 'lossBad', lost]);
  return said;
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((done) => {
    const look = () => peer.iceGatheringState === 'complete' && done();
    peer.addEventListener('icegatheringstatechange', look);
    setTimeout(done, gathering);
    look();
  });
}

/** No camera shows enough to fill a network; small pictures that move and are hard to compress do, and ask little of the device. */
function drawn(): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const track = canvas.captureStream(15).getVideoTracks()[0] as MediaStreamTrack;
  const timer = setInterval(() => {
    if (track.readyState === 'ended') return clearInterval(timer);
    for (let i = 0; i < 300; i++) {
      pen.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
      pen.fillRect(Math.random() * 320, Math.random() * 180, 9, 9);
    }
  }, 66);
  return track;
}
