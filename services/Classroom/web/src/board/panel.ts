// The whiteboard and its tools: what is drawn goes to everybody, and what comes from them is drawn.
import { $, element, press, pressed } from '../dom';
import { label } from '../icons';
import type { Room } from '../room';
import { type Key, say } from '../words/say';
import { Board, colours } from './board';

const names: Key[] = ['colour0', 'colour1', 'colour2', 'colour3', 'colour4'];

export function whiteboard(room: Room): Board {
  const canvas = $<HTMLCanvasElement>('board');
  const board = new Board(canvas);
  const describe = () => canvas.setAttribute('aria-label', say('boardHas', board.count));

  room.on('inside', (now) => {
    board.set(now.strokes);
    describe();
  });
  room.on('desk', () => {
    board.enabled = room.limits?.board !== false;
    $('boardTools').hidden = !board.enabled;
  });
  room.hub.on('stroke', (s) => {
    board.add(s);
    describe();
  });
  room.hub.on('erased', (e) => {
    board.erase(e.id);
    describe();
  });
  room.hub.on('cleared', () => {
    board.clear();
    describe();
  });
  board.on('drawn', async (s) => {
    const reply = await room.call('Draw', s.id, s.points, s.colour, s.width);
    if (!reply.ok) board.erase(s.id);
  });
  board.on('erased', (id) => room.call('Erase', id));

  tools(room, board);
  describe();
  return board;
}

function tools(room: Room, board: Board): void {
  label('pencil', 'pen', say('pencil'));
  label('eraser', 'rubber', say('eraser'));
  label('clearBoard', 'bin', say('clearBoard'));
  const erase = (on: boolean) => {
    board.erasing = on;
    pressed($('eraser'), on);
    pressed($('pencil'), !on);
  };
  const swatches = colours.map((colour, i) => {
    const made = element('button', { type: 'button', className: 'swatch', role: 'radio', ariaLabel: say(names[i] as Key) });
    made.style.background = colour;
    made.setAttribute('aria-checked', String(i === 0));
    made.onclick = () => {
      board.colour = colour;
      erase(false);
      for (const s of swatches) s.setAttribute('aria-checked', String(s === made));
    };
    return made;
  });
  $('colours').append(...swatches);
  press('pencil').onclick = () => erase(false);
  press('eraser').onclick = () => erase(!board.erasing);
  press('clearBoard').onclick = () => room.ask('ClearBoard');
}
