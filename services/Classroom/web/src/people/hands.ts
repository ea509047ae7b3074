// Raised hands in their order, over whatever the class sees: for the teacher with what to do about them, for a pupil with their place.
import { $, button, element } from '../dom';
import { icon } from '../icons';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { say } from '../words/say';

export function hands(room: Room): void {
  room.on('people', () => {
    const { roster, isTeacher } = room;
    const drawn = isTeacher ? forTeacher(room) : forPupil(room);
    redraw($('hands'), ...drawn);
    $('begin').hidden = roster.begun;
    $('eyes').hidden = !roster.begun;
    $('queue').hidden = !isTeacher && !drawn.length;
  });
}

function forTeacher(room: Room): HTMLElement[] {
  const { hands, desk } = room;
  const speaks = desk?.floor ? room.person(desk.floor) : undefined;
  const floor = speaks ? [floorOf(room, speaks.name)] : [];
  if (!hands.length) return floor;
  const count = element(
    'span',
    { className: 'count' },
    icon('hand'),
    hands.length === 1 ? say('handsOne') : say('handsMany', hands.length),
  );
  const all = hands.map((id, i) => {
    const name = element('span', { className: 'hand' }, `${i + 1}. ${room.nameOf(id)}`);
    name.dataset.key = id;
    return name;
  });
  const first = hands[0] as string;
  const give = button('giveFloor', () => room.ask('GiveFloor', first), '', room.nameOf(first));
  give.classList.add('main');
  return [...floor, count, ...all, give];
}

function floorOf(room: Room, name: string): HTMLElement {
  const line = element('span', { className: 'hand floor' }, icon('mic'), say('floorIs', name), ' ');
  line.append(button('takeFloor', () => room.ask('GiveFloor', null)));
  line.dataset.key = 'floor';
  return line;
}

function forPupil(room: Room): HTMLElement[] {
  const place = room.hands.indexOf(room.me);
  const floor = room.desk?.floor;
  if (floor === room.me) {
    const open = button('openMic', () => $('mic').click());
    open.hidden = !!room.media.mic;
    open.classList.add('main');
    return [element('span', { className: 'mine' }, icon('mic'), element('span', {}, say('floorMine')), open)];
  }
  const speaker = floor ? room.person(floor) : undefined;
  if (speaker && place < 0) return [element('span', { className: 'mine' }, icon('mic'), element('span', {}, say('floorIs', speaker.name)))];
  if (place < 0) return [];
  return [
    element('span', { className: 'mine' }, icon('hand'), element('span', {}, place === 0 ? say('handFirst') : say('handPlace', place + 1))),
  ];
}
