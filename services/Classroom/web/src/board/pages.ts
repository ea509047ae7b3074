// The pages of the board: which one all have before them, what it is ruled with, and taking them away as a picture or on paper.
import type { Ruling } from '../contract';
import { element, pressed } from '../dom';
import { icon, type Shape } from '../icons';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { type Key, say } from '../words/say';
import type { Exchange } from './exchange';

const rulings: Record<Ruling, Key> = { plain: 'rulingPlain', seyes: 'rulingSeyes', squares: 'rulingSquares' };

export function boardPages(room: Room, exchange: Exchange, head: HTMLElement): void {
  const pages = element('div', { className: 'row', role: 'group', ariaLabel: say('boardPages') });
  const ruling = element('select', { id: 'ruling' });
  ruling.append(...Object.entries(rulings).map(([value, key]) => element('option', { value }, say(key))));
  ruling.onchange = () => room.desk && room.ask('RuleBoard', room.desk.page, ruling.value);
  const ruled = element('label', { className: 'teacher' }, element('span', { className: 'hiddenText' }, say('ruling')), ruling);
  const where = element('span', { className: 'notTeacher', id: 'boardPage', ariaLive: 'polite' });
  head.append(
    pages,
    where,
    ruled,
    act('savePicture', 'save', async () => (await import('./take')).savePage(room, exchange)),
    act('printPages', 'print', async () => (await import('./take')).printPages(room, exchange)),
  );

  room.on('desk', () => {
    const { desk } = room;
    if (!desk) return;
    where.textContent = say('boardPageOf', desk.page, desk.pages.length);
    ruling.value = desk.pages[desk.page - 1] ?? 'plain';
    redraw(pages, ...(room.isTeacher ? choices(room) : []));
  });
}

function choices(room: Room): HTMLElement[] {
  const { pages = [], page = 1 } = room.desk ?? {};
  const made = pages.map((_, i) => {
    const b = element('button', { type: 'button', ariaLabel: say('boardPage', i + 1) }, String(i + 1));
    b.dataset.key = String(i);
    pressed(b, i + 1 === page);
    b.onclick = () => room.ask('TurnBoard', i + 1);
    return b;
  });
  const more = element('button', { type: 'button', id: 'addPage', ariaLabel: say('addPageLong') }, `+ ${say('addPage')}`);
  more.dataset.key = 'more';
  // As the last one: a lesson of lines goes on in lines.
  more.onclick = () => room.ask('AddBoardPage', pages.length, pages.at(-1) ?? 'plain');
  return [...made, more];
}

function act(key: 'savePicture' | 'printPages', shape: Shape, work: () => unknown): HTMLElement {
  const b = element('button', { type: 'button', id: key, className: 'quiet', ariaLabel: say(`${key}Long`) });
  b.append(icon(shape), element('span', {}, say(key)));
  b.onclick = () => work();
  return b;
}
