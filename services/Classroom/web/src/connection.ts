// What befalls the connection to the service, and what the page does and says about it.
import { $ } from './dom';
import { getOut } from './entry/out';
import { forget, kept } from './entry/seat';
import type { Room } from './room';
import { banner, tellKey } from './status';
import { isChild } from './words/child';
import { say, speakToChild } from './words/say';

const beatEvery = 4000;
const answerWithin = 5000;

export function connection(room: Room): void {
  const { hub, media } = room;

  hub.on('open', () => media.reset());
  hub.on('welcome', (w) => {
    banner('');
    if (hub.way === 'requests') tellKey('byRequests');
    room.heldAnew = room.holder !== 0 && room.holder !== w.holder;
    room.holder = w.holder;
    room.me = w.you;
    room.role = w.role;
    room.clockOffset = Date.parse(w.now) - Date.now();
    media.ice = w.ice;
    kept.write('in', '1');
    document.body.classList.toggle('isPupil', room.isPupil);
    speakToChild(isChild(w.role, w.info.levels));
    room.takeHours({ ...w.info, ...w.hours });
    room.tell('welcome', w);
    room.tell('inside', w);
    room.takeRoster(w.roster);
    room.takeDesk(w.desk);
  });
  hub.on('inside', (now) => {
    room.heldAnew = false;
    room.tell('inside', now);
    room.takeDesk(now.desk);
  });
  // What comes before the welcome is in the welcome.
  hub.on('roster', (r) => {
    if (room.info) room.takeRoster(r);
  });
  hub.on('desk', (d) => {
    if (room.info) room.takeDesk(d);
  });
  hub.on('hours', (h) => {
    if (room.info) room.takeHours({ ...room.info, ...h });
  });
  hub.on('flags', ({ participantId, flags }) => {
    const p = room.person(participantId);
    if (!p) return;
    p.flags = flags;
    room.tell('people', undefined);
  });
  room.on('desk', () => room.tell('people', undefined));

  hub.on('media', async ({ epoch, ready }) => {
    if (!ready) {
      if (epoch > 1) banner(say('mediaAway'));
      return;
    }
    banner('');
    try {
      await media.begin(epoch);
      room.tellFlags();
    } catch (e) {
      console.warn('media', (e as Error).message);
    }
  });
  hub.on('offer', (o) => media.offered(o));
  media.on('mode', (mode) => {
    $('quality').textContent = say(media.forced ? 'soundByChoice' : `${mode}Mode`);
    room.tell('people', undefined);
    beat();
  });

  hub.on('removed', () => {
    forget();
    getOut(room, 'removed');
  });
  hub.on('superseded', () => getOut(room, 'superseded', true));
  hub.on('ended', () => getOut(room, 'ended', room.isTeacher));
  hub.on('lost', () => banner(say('reconnecting')));
  hub.on('refused', async () => {
    // Either the service is away, or the seat is no longer ours: only the second one is the end.
    if ((await seatStatus(room)) !== 401) return;
    forget();
    getOut(room, 'link');
  });

  const beat = () => hub.call('Beat', media.effective).catch(() => {});
  setInterval(beat, beatEvery);
}

/** What the service says of our seat to an ordinary request; 0 when nobody answers. */
const seatStatus = (room: Room): Promise<number> =>
  fetch(`/classroom/seat?${room.query}`, { signal: AbortSignal.timeout(answerWithin) }).then(
    (answer) => answer.status,
    () => 0,
  );

export const connect = (room: Room): void => room.hub.start(`/hubs/room?${room.query}`, async () => (await seatStatus(room)) === 204);
