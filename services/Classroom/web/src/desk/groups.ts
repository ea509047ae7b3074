// Small groups: the teacher draws them, moves somebody, speaks to all of them and visits one after the other; a pupil is told with whom.
import { $, button, element, field, press, pressed } from '../dom';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { announce } from '../status';
import { say } from '../words/say';

/** Who of a group is here, by name. */
export const groupNames = (room: Room, group: string[]): string =>
  group
    .filter((id) => room.person(id))
    .map((id) => room.nameOf(id))
    .join(', ');

export function groups(room: Room): void {
  press('formPairs').onclick = () => room.ask('FormGroups', Number($<HTMLSelectElement>('groupSize').value));
  press('endPairs').onclick = () => room.ask('EndPairs');
  const line = field('groupsLine');
  line.placeholder = say('groupsSay');
  $<HTMLFormElement>('sayToGroups').onsubmit = async (e) => {
    e.preventDefault();
    if (line.value.trim() && (await room.ask('Say', line.value, 'all')).ok) line.value = '';
  };
  // Whoever works in a group has no panel open: what the teacher says to all is before them.
  room.hub.on('chat', ({ from, to, text }) => {
    if (to === 'all' && room.isPupil && room.desk?.groups.length && room.person(from)?.role === 'teacher')
      announce(say('groupsSaid', text));
  });

  const draw = () => {
    const { desk, isTeacher } = room;
    if (!desk) return;
    const some = desk.groups.length > 0;
    press('endPairs').disabled = !some;
    $('sayToGroups').hidden = !some;
    if (!isTeacher) return;
    redraw($('groups'), ...visits(room));
    moves(room);
  };
  room.on('people', draw);
  room.on('desk', (before) => {
    draw();
    const { desk, isPupil } = room;
    if (!desk || !isPupil) return;
    const mine = desk.myGroup === null ? undefined : desk.groups[desk.myGroup];
    const was = before?.myGroup === null || !before ? undefined : before.groups[before.myGroup];
    if (mine && mine.join() !== was?.join()) {
      const others = mine.filter((id) => id !== room.me).map((id) => room.nameOf(id));
      announce(others.length ? say('inPair', others.join(', ')) : say('inGroupAlone'));
    } else if (was && !mine) announce(say('together'));
  });
}

function visits(room: Room): HTMLElement[] {
  const { groups = [], visiting = null } = room.desk ?? {};
  if (groups.length === 0) return [];
  const lines = groups.map((g, i) => {
    const b = button('visit', () => room.ask('Visit', i), '', groupNames(room, g) || say('groupEmpty'));
    b.dataset.key = `visit${i}`;
    pressed(b, visiting === i);
    return b;
  });
  const overview = button('overview', () => room.ask('Visit', null));
  pressed(overview, visiting === null);
  return [...lines, overview];
}

/** One choice for each pupil: their group, or a new one. */
function moves(room: Room): void {
  const box = $('groupMoves');
  const { groups = [] } = room.desk ?? {};
  const pupils = groups.length ? room.inside.filter((p) => p.role === 'pupil') : [];
  // Nobody's open list is drawn anew under their hand.
  const now = JSON.stringify([groups, pupils.map((p) => [p.id, p.name])]);
  if (box.dataset.now === now) return;
  box.dataset.now = now;
  box.replaceChildren(
    ...pupils.map((p) => {
      const mine = groups.findIndex((g) => g.includes(p.id));
      const select = element(
        'select',
        {},
        ...groups.map((_, i) => option(i, say('groupNumber', i + 1))),
        option(groups.length, say('groupNew')),
      );
      select.value = String(mine);
      select.onchange = async () => {
        const reply = await room.ask('MoveToGroup', p.id, Number(select.value));
        if (!reply.ok) select.value = String(mine);
      };
      return element('label', {}, element('span', {}, p.name), ' ', select);
    }),
  );
}

const option = (value: number, text: string) => element('option', { value: String(value) }, text);
