// Slates: each pupil writes on their own and holds it up; the teacher sees all of them and puts one before the class.
import { Drawing } from '../board/drawing';
import type { Exchange } from '../board/exchange';
import { Thumbs } from '../board/thumbs';
import { $, element } from '../dom';
import type { Room } from '../room';
import { announce } from '../status';
import { spaced } from '../words/french';
import { say } from '../words/say';

export function slates(room: Room, exchange: Exchange): void {
  const drawing = new Drawing(room, exchange, {
    name: 'slate',
    toolsLabel: 'slateTools',
    tools: ['pen', 'eraser', 'text', 'move'],
    letters: 80,
    pen: 10,
  });
  const thumbs = new Thumbs(exchange, () => draw());
  const title = element('h2', { id: 'slateTitle' });
  const count = element('p', { id: 'slatesShown', ariaLive: 'polite' });
  const next = asking();
  const hold = act('slateHold', 'main', () => room.ask('ShowSlate', !isUp()));
  const turn = act('slateTurn', '', () => {
    own = !own;
    draw();
  });
  const back = act('slatesBack', 'main', () => room.ask('PutSlateOnStage', null));
  const state = element('p', { id: 'slateState', ariaLive: 'polite' });
  const nobody = element('p', { className: 'small' });
  const sheet = element('div', { className: 'sheet slate' }, drawing.paper);
  const work = element('div', { className: 'drawing' }, drawing.tools, sheet, drawing.under);
  $('slatesPane').append(title, next, count, thumbs.list, nobody, work, state, hold, turn, back);
  /** One's own before one while the class sees another. */
  let own = false;

  const isUp = () => !!room.desk?.slates?.shown.includes(room.me);

  room.on('people', draw);
  room.on('desk', (before) => {
    const now = room.desk?.slates;
    const was = before?.slates;
    if (now?.onStage !== was?.onStage) own = false;
    if (before && now) {
      if (now.number !== was?.number && now.question) announce(say('slateAskedNow', spaced(now.question)));
      else if (!was && room.isPupil) announce(say('slatesOut'));
      if (now.onStage && now.onStage !== was?.onStage) announce(say('slateSeen', room.nameOf(now.onStage)));
    }
    draw();
  });

  function draw() {
    const round = room.desk?.slates;
    if (!round) return;
    const { isPupil, isTeacher, me } = room;
    const stage = isPupil && own ? null : round.onStage;
    const whose = stage ?? (isPupil ? me : null);
    const mine = whose === me;
    title.textContent = whose && !mine ? say('slateOf', room.nameOf(whose)) : named(spaced(round.question), isPupil);
    drawing.show({
      sheet: whose && `slate/${whose}`,
      name: title.textContent,
      ruling: 'plain',
      mayWrite: mine && !isUp(),
      mayWipe: true,
    });
    work.hidden = !whose;
    next.hidden = !isTeacher || !!whose;
    back.hidden = !isTeacher || !whose;
    back.textContent = say('slatesBack');
    hold.hidden = !mine;
    hold.textContent = say(isUp() ? 'slateTake' : 'slateShow');
    turn.hidden = !isPupil || !round.onStage || round.onStage === me;
    turn.textContent = own && round.onStage ? say('slateToClass', room.nameOf(round.onStage)) : say('slateToMine');
    state.textContent = !mine ? '' : round.onStage === me ? say('slateOnStage') : isUp() ? say('slateHeld') : '';
    all(whose);
  }

  /** For adults: everybody's, with who holds theirs up. */
  function all(whose: string | null) {
    const round = room.desk?.slates;
    const seen = !room.isPupil && !whose && !!round;
    const pupils = seen ? room.inside.filter((p) => p.role === 'pupil') : [];
    const up = pupils.filter((p) => round?.shown.includes(p.id));
    thumbs.list.hidden = count.hidden = !seen;
    nobody.textContent = seen && !pupils.length ? say('slatesNobody') : '';
    const text = say('slatesShown', up.length, pupils.length);
    if (count.textContent !== text) count.textContent = text;
    thumbs.show(
      pupils.map((p) => {
        const done = up.includes(p);
        const empty = !exchange.marks.of(`slate/${p.id}`).length;
        return {
          sheet: `slate/${p.id}`,
          name: p.name,
          state: say(done ? 'slateStateShown' : empty ? 'slateStateEmpty' : 'slateStateWrites'),
          done,
          act: room.isTeacher ? { key: 'slateToStage', work: () => room.ask('PutSlateOnStage', p.id) } : null,
        };
      }),
    );
  }

  function asking(): HTMLFormElement {
    const question = element('input', { id: 'slateQuestion', maxLength: 200, autocomplete: 'off', placeholder: say('slateQuestion') });
    const name = element('label', { htmlFor: 'slateQuestion', className: 'hiddenText' }, say('slateQuestion'));
    const hint = element('small', { id: 'slateAskHint' }, say('slateAskHint'));
    const ask = element('button', { id: 'slateAsk', className: 'main' }, say('slateAsk'));
    ask.setAttribute('aria-describedby', hint.id);
    const form = element('form', { id: 'askSlates' }, name, question, ask, hint);
    form.onsubmit = async (e) => {
      e.preventDefault();
      const reply = await room.ask('AskSlates', room.desk?.slates?.number ?? 0, question.value);
      if (reply.ok) question.value = '';
    };
    return form;
  }
}

const named = (question: string, toPupil: boolean): string =>
  question ? say(toPupil ? 'slateMineAsked' : 'slateAskedNow', question) : say(toPupil ? 'slateMine' : 'slates');

function act(id: string, className: string, work: () => unknown): HTMLButtonElement {
  const made = element('button', { type: 'button', id, className });
  made.onclick = work as () => void;
  return made;
}
