// Who is here and who is missing, with what a teacher may do about each of them; and the door.
import type { Expected, Person } from '../contract';
import { $, ask, button, element, field, press } from '../dom';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { say } from '../words/say';

export function people(room: Room): void {
  press('begin').onclick = () => room.ask('Begin');
  field('lock').onchange = () => room.ask('Lock', field('lock').checked);
  room.on('people', () => {
    const { roster } = room;
    redraw($('people'), ...roster.people.map((p) => personLine(room, p)));
    redraw($('missing'), ...roster.missing.map((p) => missingLine(room, p)));
    $('missingBox').hidden = roster.missing.length === 0;
    field('lock').checked = roster.locked;
  });
}

function missingLine(room: Room, p: Expected): HTMLElement {
  const line = element('li', {}, element('span', { className: 'who' }, p.name));
  line.dataset.key = p.id;
  if (p.removed) line.append(button('pardon', () => room.ask('Pardon', p.id)));
  return line;
}

function personLine(room: Room, p: Person): HTMLElement {
  const place = room.hands.indexOf(p.id);
  const known = facts(room, p, place).filter(Boolean).join(' · ');
  const name = p.id === room.me ? say('me', p.name) : p.name;
  const line = element('li', {}, element('span', { className: 'who' }, name + (known ? ` (${known})` : '')));
  line.dataset.key = p.id;
  if (room.isTeacher && p.role === 'pupil') line.append(...acts(room, p, place));
  if (room.role === 'teacher' && p.role === 'coordinator')
    line.append(button(p.leads ? 'takeRights' : 'giveRights', () => room.ask('GiveRights', p.id, !p.leads), p.name, ''));
  return line;
}

function facts({ roster }: Room, p: Person, place: number): string[] {
  const agrees = roster.recording?.answers?.[p.id];
  return [
    p.role === 'pupil' ? '' : say(p.role),
    p.leads ? say('hasRights') : '',
    p.admitted ? '' : say('waits'),
    place >= 0 ? say('handUp', place + 1) : '',
    agrees === true ? say('agrees') : agrees === false ? say('agreesNot') : '',
    p.flags.quality === 'weak' ? say('weakNet') : p.flags.quality === 'audio' ? say('audioNet') : '',
  ];
}

function acts(room: Room, p: Person, place: number): HTMLElement[] {
  const { microphone, camera, sharing } = p.flags;
  const all: HTMLElement[] = [];
  if (!p.admitted) all.push(button('admit', () => room.ask('Admit', p.id), p.name));
  if (p.admitted && microphone) all.push(button('mute', () => room.ask('Mute', p.id, 'audio'), p.name));
  if (p.admitted && (camera || sharing)) all.push(button('hide', () => room.ask('Mute', p.id, 'video'), p.name));
  if (p.admitted && sharing && room.desk?.view !== 'screen') all.push(button('showToAll', () => room.ask('ChooseView', 'screen'), p.name));
  if (place >= 0) all.push(button('lower', () => room.ask('LowerHand', p.id), p.name));
  all.push(button('remove', () => askRemove(room, p), p.name));
  return all;
}

function askRemove(room: Room, p: Person): void {
  $('removeTitle').textContent = say('removeTitle', p.name);
  field('removeReason').value = '';
  field('removeReport').checked = false;
  ask('removeDialog', (answer) => {
    if (answer === 'remove') room.ask('Remove', p.id, field('removeReason').value, field('removeReport').checked);
  });
}
