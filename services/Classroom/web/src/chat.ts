// What is written to all, or to the teacher alone.
import type { ChatLine } from './contract';
import { $, element, field } from './dom';
import type { Room } from './room';
import type { Tabs } from './tabs';
import { say } from './words/say';

export function chat(room: Room, tabs: Tabs): void {
  const log = $('chat');

  room.on('welcome', (w) => {
    $('privately').hidden = !room.isPupil;
    $('lines').replaceChildren();
    w.chat.forEach(add);
  });
  room.hub.on('chat', add);
  room.on('desk', () => {
    const closed = room.limits?.chat === false;
    if (closed) field('toTeacher').checked = true;
    field('toTeacher').disabled = closed;
  });

  function add(c: ChatLine) {
    if (log.querySelector(`[data-id="${c.id}"]`)) return;
    const line = element('li', {}, element('strong', {}, `${c.from === room.me ? say('me', c.name) : c.name} `), c.text);
    if (c.to === 'teacher') line.append(' ', element('span', { className: 'private' }, say('onlyTeacher')));
    line.dataset.id = c.id;
    $('lines').append(line);
    log.scrollTop = log.scrollHeight;
    tabs.somethingNew('chat');
  }

  $<HTMLFormElement>('say').onsubmit = async (e) => {
    e.preventDefault();
    const text = field('line').value;
    if (!text.trim()) return;
    const reply = await room.ask('Say', text, room.isPupil && field('toTeacher').checked ? 'teacher' : 'all');
    if (reply.ok) field('line').value = '';
  };
}
