// The whiteboard: pages that all have before them together, the teacher's choice. While the class works in groups each has its own board,
// and the teacher sees all of them until they join one.
import { groupNames } from '../desk/groups';
import { $, element } from '../dom';
import type { Room } from '../room';
import { say } from '../words/say';
import { Drawing } from './drawing';
import type { Exchange } from './exchange';
import { boardPages } from './pages';
import { askAs } from './pictures';
import { Thumbs } from './thumbs';
import { drawn } from './tools';

export function whiteboard(room: Room, exchange: Exchange): void {
  const drawing = new Drawing(room, exchange, {
    name: 'board',
    toolsLabel: 'boardTools',
    tools: ['pen', 'eraser', 'laser', 'text', 'line', 'box', 'oval', 'move'],
    letters: 36,
    pen: 4,
  });
  const thumbs = new Thumbs(exchange, () => {});
  let now: string | null = null;
  const head = element('div', { className: 'row pages', id: 'boardPages' });
  const title = element('h2', { id: 'groupTitle' });
  const back = element('button', { type: 'button', id: 'groupsBack', className: 'teacher' });
  back.onclick = () => room.ask('Visit', null);
  const group = element('div', { className: 'row pages' }, title, back);
  const sheet = element('div', { className: 'sheet' }, drawing.paper);
  $('boardPane').append(head, group, thumbs.list, drawing.tools, sheet, drawing.under);
  boardPages(room, exchange, head);
  askAs(() => room.query);
  pictures();
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
    now = overview ? null : mine === null ? `page/${desk.page}` : `group/${mine}`;
    drawing.show({
      sheet: now,
      name: mine === null ? `${say('board')}, ${say('boardPageOf', desk.page, desk.pages.length)}` : title.textContent,
      ruling: mine === null ? (desk.pages[desk.page - 1] ?? 'plain') : 'plain',
      mayWrite: !overview && (mine === null ? limits?.board !== false : isPupil || isTeacher),
      mayWipe: isTeacher,
    });
  }

  /** Chosen, pasted, or dropped on the sheet. */
  function pictures() {
    const file = element('input', { type: 'file', accept: 'image/png,image/jpeg,image/webp', hidden: true });
    const add = element('button', { type: 'button', id: 'addPicture', className: 'teacher' }, drawn(landscape));
    add.append(element('span', {}, say('savePicture')));
    add.setAttribute('aria-label', say('addPicture'));
    add.onclick = () => file.click();
    file.onchange = () => {
      put(file.files);
      file.value = '';
    };
    drawing.tools.append(add, file);
    document.addEventListener('paste', (e) => {
      const to = e.target instanceof Element ? e.target : document.body;
      if ($('boardPane').checkVisibility() && !to.closest('input, textarea, [contenteditable], dialog')) put(e.clipboardData?.files);
    });
    sheet.addEventListener('dragover', (e) => {
      if (room.isTeacher && e.dataTransfer?.types.includes('Files')) e.preventDefault();
    });
    sheet.addEventListener('drop', (e) => {
      if (!room.isTeacher || !e.dataTransfer?.files.length) return;
      e.preventDefault();
      put(e.dataTransfer.files);
    });
  }

  async function put(files: FileList | null | undefined) {
    const one = [...(files ?? [])].find((f) => f.type.startsWith('image/'));
    if (!one || !room.isTeacher || !now) return;
    const where = now;
    const { putPicture } = await import('./putPicture');
    await putPicture(room, exchange, where, one);
  }
}

const landscape = 'M4 5h16v14H4zM4 16l5-5l4 4l3-3l4 4M15 9v.1';
