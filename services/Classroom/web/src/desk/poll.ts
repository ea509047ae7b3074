// A question with two to six answers; pupils see the result when the teacher shows it.
import type { Poll } from '../contract';
import { $, button, element, field, pressed } from '../dom';
import type { Panels } from '../panels';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { say } from '../words/say';
import { answersIn, missingAnswers } from './rules';

export function poll(room: Room, panels: Panels): void {
  const form = $<HTMLFormElement>('askPoll');
  form.onsubmit = async (e) => {
    e.preventDefault();
    const answers = answersIn($<HTMLTextAreaElement>('answers').value);
    const chosen = right.selectedIndex - 1;
    const reply = await room.ask('AskPoll', field('question').value, answers, chosen < 0 ? null : chosen);
    if (reply.ok) form.reset();
    offer();
  };
  const right = $<HTMLSelectElement>('rightAnswer');
  /** What was typed so far, to choose from. */
  const offer = () => {
    const at = right.selectedIndex;
    const answers = answersIn($<HTMLTextAreaElement>('answers').value);
    right.replaceChildren(new Option(say('noRightAnswer')), ...answers.map((a) => new Option(a)));
    right.selectedIndex = at > answers.length ? 0 : Math.max(0, at);
  };
  $('answers').oninput = offer;
  offer();
  room.on('people', () => {
    if (room.isTeacher && room.desk?.poll) draw();
  });

  const draw = () => {
    const now = room.desk?.poll;
    redraw($('poll'), ...(now ? drawn(room, now) : [element('p', { className: 'small' }, say('noPoll'))]));
  };

  room.on('desk', (before) => {
    const now = room.desk?.poll;
    draw();
    $('tab-poll').hidden = !room.isTeacher && !now;
    if (!now && room.isPupil && panels.isOpen('poll')) panels.close();
    if (room.isPupil && now && !now.closed && now.id !== before?.poll?.id) panels.open('poll');
  });
}

function drawn(room: Room, poll: Poll): HTMLElement[] {
  const lines = poll.options.map((option, i) => (room.isPupil && !poll.closed ? choice(room, poll, option, i) : result(poll, option, i)));
  const close = button(poll.closed ? 'clearPoll' : 'closePoll', () => room.ask('ClosePoll'));
  return [
    element('h2', {}, poll.question),
    ...lines,
    element('p', { className: 'small' }, poll.answers === 1 ? say('answeredOne') : say('answered', poll.answers)),
    ...waited(room, poll),
    ...(room.isTeacher ? [close] : []),
  ];
}

/** For the teacher: whose answer is still to come. */
function waited({ inside }: Room, poll: Poll): HTMLElement[] {
  if (!poll.answered || poll.closed) return [];
  const names = missingAnswers(inside, poll.answered);
  return [element('p', { className: 'small' }, names.length ? say('notAnswered', names.join(', ')) : say('allAnswered'))];
}

function choice(room: Room, poll: Poll, option: string, i: number): HTMLElement {
  const b = element('button', { type: 'button' }, option);
  pressed(b, poll.mine === i);
  b.onclick = () => room.ask('Vote', poll.id, i);
  return element('p', {}, b);
}

function result({ counts, right, mine }: Poll, option: string, i: number): HTMLElement {
  const total = Math.max(
    1,
    (counts ?? []).reduce((a, b) => a + b, 0),
  );
  const bar = element('span', { className: 'bar', ariaHidden: 'true' });
  bar.style.width = `${(100 * (counts?.[i] ?? 0)) / total}%`;
  const line = element('p', { className: right === i ? 'right' : '' }, counts ? say('countOf', option, counts[i] ?? 0) : option);
  const said = [right === i ? say('rightAnswerIs') : '', mine === i ? say('yourAnswer') : ''].filter(Boolean).join(', ');
  if (said) line.append(' ', element('strong', {}, `(${said})`));
  line.append(bar);
  return line;
}
