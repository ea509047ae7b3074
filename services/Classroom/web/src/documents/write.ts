// Writing on a page of a document: the page lies below, what is written above it, and goes with that page.
import { Drawing } from '../board/drawing';
import type { Exchange } from '../board/exchange';
import { wide } from '../board/paint';
import { $, element, press, pressed } from '../dom';
import { icon } from '../icons';
import type { Room } from '../room';
import { say } from '../words/say';

export function writeOnPages(room: Room, exchange: Exchange): void {
  const drawing = new Drawing(room, exchange, {
    name: 'pageInk',
    toolsLabel: 'pageInkTools',
    tools: ['pen', 'eraser', 'laser', 'text', 'line', 'box', 'move'],
    letters: 24,
    pen: 3,
  });
  const page = $<HTMLImageElement>('page');
  page.replaceWith(drawing.paper);
  drawing.paper.prepend(page);
  $('pageView').before(drawing.tools);
  $('pageView').after(drawing.under);
  page.onload = () => drawing.resize(Math.round((wide * page.naturalHeight) / page.naturalWidth));
  const toggle = element('button', { type: 'button', id: 'writeOnPage' }, icon('pen'), element('span', {}, say('writeOnPage')));
  $('closePage').before(toggle);
  /** Off at first: a finger on the page moves it. */
  let writes = false;
  toggle.onclick = () => {
    writes = !writes;
    show();
  };
  room.on('desk', show);

  function show() {
    const shown = room.desk?.shown;
    const may = room.limits?.board !== false;
    press('writeOnPage').hidden = !may;
    pressed(toggle, writes && may);
    drawing.show({
      sheet: shown ? `document/${shown.id}/${shown.page}` : null,
      name: shown ? say('pageAlt', shown.name, shown.page, shown.pages) : '',
      ruling: null,
      mayWrite: writes && may,
      mayWipe: room.isTeacher,
    });
  }
}
