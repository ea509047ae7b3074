// Working in pairs: the teacher forms them and visits one after the other; a pupil is told with whom.
import { $, button, press, pressed } from '../dom';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { announce } from '../status';
import { say } from '../words/say';

export function groups(room: Room): void {
  press('formPairs').onclick = () => room.ask('FormPairs');
  press('endPairs').onclick = () => room.ask('EndPairs');

  room.on('desk', (before) => {
    const { desk } = room;
    if (!desk) return;
    press('endPairs').disabled = desk.groups.length === 0;
    if (room.isTeacher) redraw($('groups'), ...visits(room));
    const mine = desk.myGroup === null ? undefined : desk.groups[desk.myGroup];
    if (room.isPupil && mine && desk.myGroup !== before?.myGroup) {
      const others = mine.filter((id) => id !== room.me).map((id) => room.nameOf(id));
      announce(say('inPair', others.join(', ')));
    }
  });
}

function visits(room: Room): HTMLElement[] {
  const { groups = [], visiting = null } = room.desk ?? {};
  if (groups.length === 0) return [];
  const lines = groups.map((g, i) => {
    const b = button('visit', () => room.ask('Visit', i), '', g.map((id) => room.nameOf(id)).join(' + '));
    pressed(b, visiting === i);
    return b;
  });
  const overview = button('overview', () => room.ask('Visit', null));
  pressed(overview, visiting === null);
  return [...lines, overview];
}
