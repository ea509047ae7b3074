// What is written to all, or to the teacher alone.
import type { ChatLine } from './contract';
import { $, element, field, press } from './dom';
import type { Panels } from './panels';
import { Recent } from './recent';
import type { Room } from './room';
import { say } from './words/say';

export function chat(room: Room, panels: Panels): void {
  const log = $('chat');
  const mine = new Recent<{ text: string; to: string }>(room, ({ text, to }, id) => room.call('SayAgain', id, text, to));

  room.on('welcome', () => {
    $('privately').hidden = !room.isPupil;
  });
  room.on('inside', (now) => {
    $('lines').replaceChildren();
    // What was said before is no news to who comes back.
    now.chat.forEach(show);
  });
  room.hub.on('chat', (c) => {
    if (show(c) && c.from !== room.me) panels.somethingNew('chat');
  });
  panels.on('chosen', () => {
    log.scrollTop = log.scrollHeight;
  });
  room.on('desk', () => {
    const closed = room.limits?.chat === false;
    if (closed) field('toTeacher').checked = true;
    field('toTeacher').disabled = closed;
  });

  function show(c: ChatLine): boolean {
    if (log.querySelector(`[data-id="${c.id}"]`)) return false;
    const line = element('li', {}, element('strong', {}, `${c.from === room.me ? say('me', c.name) : c.name} `));
    const text = element('span', {}, c.text);
    line.append(text);
    if (/\$[^\s$](.*[^\s$])?\$/.test(c.text))
      import('./maths/show').then(
        ({ withFormulas }) => text.replaceChildren(...withFormulas(c.text)),
        () => {},
      );
    if (c.to === 'teacher') line.append(' ', element('span', { className: 'private' }, say('onlyTeacher')));
    line.dataset.id = c.id;
    $('lines').append(line);
    log.scrollTop = log.scrollHeight;
    return true;
  }

  press('maths').onclick = () =>
    import('./maths/help').then(({ mathsHelp }) =>
      mathsHelp((text) => {
        field('line').setRangeText(text, field('line').selectionStart ?? 0, field('line').selectionEnd ?? 0, 'end');
        field('line').focus();
      }),
    );

  $<HTMLFormElement>('say').onsubmit = async (e) => {
    e.preventDefault();
    const text = field('line').value;
    if (!text.trim()) return;
    const to = room.isPupil && field('toTeacher').checked ? 'teacher' : 'all';
    const reply = await room.ask<string>('Say', text, to);
    if (!reply.ok) return;
    if (reply.value) mine.add(reply.value, { text, to });
    field('line').value = '';
  };
}
