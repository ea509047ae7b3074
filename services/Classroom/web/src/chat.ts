// What is written to all, or between one pupil and the teacher.
import type { ChatLine } from './contract';
import { $, button, element, field, press } from './dom';
import type { Panels } from './panels';
import { Recent } from './recent';
import type { Room } from './room';
import { say } from './words/say';

export function chat(room: Room, panels: Panels): void {
  const log = $('chat');
  const recent = new Recent<{ text: string; to: string }>(room, ({ text, to }, id) => room.call('SayAgain', id, text, to));
  const whom = $<HTMLSelectElement>('chatTo');

  room.on('welcome', () => {
    $('privately').hidden = !room.isPupil;
    whom.parentElement?.toggleAttribute('hidden', !room.isTeacher);
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
  room.on('people', () => {
    if (room.isTeacher) offer(whom.value);
  });

  /** To all, or to one of the pupils who are here; who was chosen stays chosen: what was meant for one never goes to all. */
  function offer(chosen: string): void {
    const pupils = room.inside.filter((p) => p.role === 'pupil').map((p): [string, string] => [p.id, p.name]);
    const left: [string, string][] = chosen && !pupils.some(([id]) => id === chosen) ? [[chosen, nameIn(whom, chosen) ?? '…']] : [];
    const all: [string, string][] = [['', say('chatToAll')], ...left, ...pupils];
    // Nobody's open list is drawn anew under their hand.
    const now = JSON.stringify(all);
    if (whom.dataset.now !== now) whom.replaceChildren(...all.map(([id, name]) => new Option(name, id)));
    whom.dataset.now = now;
    whom.value = chosen;
    whom.classList.toggle('alone', !!chosen);
  }
  whom.onchange = () => whom.classList.toggle('alone', !!whom.value);

  function show(c: ChatLine): boolean {
    if (log.querySelector(`[data-id="${c.id}"]`)) return false;
    const mine = c.from === room.me;
    const text = element('span', {}, c.text);
    const line = element('li', {}, element('strong', {}, `${mine ? say('me', c.name) : c.name} `), text);
    if (/\$[^\s$](.*[^\s$])?\$/.test(c.text))
      import('./maths/show').then(
        ({ withFormulas }) => text.replaceChildren(...withFormulas(c.text)),
        () => {},
      );
    const alone = aloneFor(c);
    if (alone) line.append(' ', element('span', { className: 'private' }, alone));
    if (!mine && (room.isTeacher || (room.isPupil && c.to === room.me))) line.append(' ', answerTo(c));
    line.dataset.id = c.id;
    $('lines').append(line);
    log.scrollTop = log.scrollHeight;
    return true;
  }

  /** Whom alone it is for, in words; null where it is for all. */
  function aloneFor({ to }: ChatLine): string | null {
    if (to === 'all') return null;
    if (to === 'teacher') return say('onlyTeacher');
    return to === room.me ? say('onlyMe') : say('onlyOne', room.person(to)?.name ?? nameIn(whom, to) ?? '…');
  }

  function answerTo(c: ChatLine): HTMLElement {
    const answer = button('answerAlone', () => {
      if (room.isTeacher) offer(c.from);
      else field('toTeacher').checked = true;
      field('line').focus();
    });
    answer.setAttribute('aria-label', say('answerAloneTo', c.name));
    answer.className = 'answer';
    return answer;
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
    const to = room.isTeacher ? whom.value || 'all' : room.isPupil && field('toTeacher').checked ? 'teacher' : 'all';
    const reply = await room.ask<string>('Say', text, to);
    if (!reply.ok) return;
    if (reply.value) recent.add(reply.value, { text, to });
    field('line').value = '';
  };
}

const nameIn = (list: HTMLSelectElement, id: string) => [...list.options].find((o) => o.value === id)?.text;
