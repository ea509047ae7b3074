// Which ways a network leaves to sound: each relay is asked for a place, over each kind of connection, as the class would ask it. The
// relay passes on to the media servers alone, so that nothing can be heard before a class.
import type { Key } from '../words/say';

/** From the best to the last resort: what a network lets through. */
export const kinds = ['udp', 'tcp', 'tls'] as const;
export type PathKind = (typeof kinds)[number];

const patience = 6000;

export const kindOf = (url: string): PathKind => (url.startsWith('turns:') ? 'tls' : /transport=tcp/.test(url) ? 'tcp' : 'udp');

/** Of all that there is to try, what passes; null where there is no relay to try. */
export async function openPaths(servers: RTCIceServer[]): Promise<Set<PathKind> | null> {
  const tried = servers.flatMap((s) => [s.urls].flat().map((url) => ({ ...s, urls: url })));
  if (!tried.length) return null;
  const found = await Promise.all(tried.map(async (server) => ((await opens(server)) ? kindOf(server.urls) : null)));
  return new Set(found.filter((kind) => kind !== null));
}

/** What to say of it, in words. */
export const adviceOf = (open: ReadonlySet<PathKind>): Key =>
  open.has('udp') ? 'pathGood' : open.has('tcp') || open.has('tls') ? 'pathSlow' : 'pathBad';

/** A place at the relay is a way through the network, there and back. */
async function opens(server: RTCIceServer): Promise<boolean> {
  const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
  try {
    return await new Promise<boolean>((answer) => {
      connection.onicecandidate = ({ candidate }) => answer(!!candidate);
      setTimeout(() => answer(false), patience);
      connection.addTransceiver('audio');
      connection
        .createOffer()
        .then((offer) => connection.setLocalDescription(offer))
        .catch(() => answer(false));
    });
  } finally {
    connection.close();
  }
}
