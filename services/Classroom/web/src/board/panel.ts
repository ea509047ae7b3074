// The whiteboard: pages that all have before them together, the teacher's choice. While the class works in groups each has its own board,
// and the teacher sees all of them until they join one.
import { groupNames } from '../desk/groups';
import { $, element } from '../dom';
import type { Room } from '../room';
import { say } from '../words/say';
import { Drawing } from './drawing';
import type { Exchange } from './exchange';
import { boardPages } from './pages';
import { Thumbs } from './thumbs';

export function whiteboard(room: Room, exchange: Exchange): void {
  const drawing = new Drawing(room, exchange, {
    name: 'board',
    toolsLabel: 'boardTools',
    tools: ['pen', 'eraser', 'laser', 'text', 'line', 'box', 'oval', 'move'],
    letters: 36,
    pen: 4,
  });
  const thumbs = new Thumbs(exchange, () => {});
  const head = element('div', { className: 'row pages', id: 'boardPages' });
  const title = element('h2', { id: 'groupTitle' });
  const back = element('button', { type: 'button', id: 'groupsBack', className: 'teacher' });
  back.onclick = () => room.ask('Visit', null);
  const group = element('div', { className: 'row pages' }, title, back);
  const sheet = element('div', { className: 'sheet' }, drawing.paper);
  $('boardPane').append(head, group, thumbs.list, drawing.tools, sheet, drawing.under);
  boardPages(room, exchange, head);
  room.on('desk', draw);
  room.on('people', draw);

  function draw() {
    const { desk, isPupil, isTeacher, limits } = room;
    if (!desk) return;
    const apart = desk.groups.length > 0;
    const mine = isPupil ? desk.myGroup : apart ? desk.visiting : null;
    const overview = apart && !isPupil && mine === null;
    head.hidden = mine !== null || overview;
    group.hidden = !head.hidden;
    sheet.hidden = overview;
    thumbs.list.hidden = !overview;
    back.hidden = mine === null;
    back.textContent = say('overview');
    const members = mine === null ? [] : (desk.groups[mine] ?? []);
    title.textContent = overview ? say('groupBoards') : isPupil ? say('groupBoard') : say('groupBoardOf', groupNames(room, members));
    thumbs.show(
      overview
        ? desk.groups.map((members, i) => ({
            sheet: `group/${i}`,
            name: groupNames(room, members) || say('groupEmpty'),
            state: '',
            done: false,
            act: isTeacher ? { key: 'visitThem', work: () => room.ask('Visit', i) } : null,
          }))
        : [],
    );
    drawing.show({
      sheet: overview ? null : mine === null ? `page/${desk.page}` : `group/${mine}`,
      name: mine === null ? `${say('board')}, ${say('boardPageOf', desk.page, desk.pages.length)}` : title.textContent,
      ruling: mine === null ? (desk.pages[desk.page - 1] ?? 'plain') : 'plain',
      mayWrite: !overview && (mine === null ? limits?.board !== false : isPupil || isTeacher),
      mayWipe: isTeacher,
    });
  }
}
