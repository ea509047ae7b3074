// Which of the four views is seen, and the last one: out of the class, with what one may do afterwards.
import { $, element, press } from '../dom';
import type { Room } from '../room';
import { banner } from '../status';
import { language, say } from '../words/say';
import { places } from './places';

const views = ['check', 'waiting', 'out', 'class'] as const;
type View = (typeof views)[number];
export type Reason = 'removed' | 'superseded' | 'ended' | 'left' | 'link';

export function show(view: View): void {
  for (const id of views) $(id).hidden = id !== view;
  // In class it lies over the title, whose line grows with it: never over hands and buttons.
  if (view === 'class') $('class').prepend($('status'));
  else document.body.prepend($('status'));
}

export const isShown = (view: View) => !$(view).hidden;

export function getOut(room: Room, reason: Reason, again = false): void {
  room.hub.close();
  room.media.reset();
  room.tell('out', undefined);
  for (const t of [room.media.mic, room.media.camera, room.media.screen]) t?.stop();
  $('outTitle').textContent = say(`${reason}Title`);
  $('outText').textContent = say(`${reason}Text`);
  $('again').hidden = !again;
  if (reason === 'left' || reason === 'ended') drawAfterwards(room);
  banner('');
  show('out');
}

export const explain = (text: string) => {
  $('outText').textContent = text;
};

press('again').onclick = () => location.reload();

/** When the next session is, and where to go. */
function drawAfterwards({ info, role }: Room): void {
  if (!info) return;
  const format = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: info.timeZone,
  } as const;
  if (info.isRehearsal) $('outText').textContent = say('rehearsalOver');
  $('outNext').textContent = info.nextAt ? say('nextSession', new Date(info.nextAt).toLocaleString(language, format)) : say('lastSession');
  $('outNext').hidden = info.isRehearsal;
  $('outLinks').replaceChildren(...places(role, info).map(([href, key]) => element('a', { href }, say(key))));
}
