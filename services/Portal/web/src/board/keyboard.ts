// The board without a mouse: arrows from card to card, Enter to open, P to pin, V to approve, Ctrl+Z to undo; a tap opens.
import { shown } from './column';
import { type Command, commandOf, goesTo } from './keys';
import type { Moves } from './moves';
import type { Board } from './parts';

export interface Opener {
  openStage(id: string): void;
  openWish(pupil: string, subject: string): void;
}

export function keyboardAndTaps(board: Board, moves: Moves, panel: Opener): void {
  const { columns } = board;

  const open = (item: HTMLElement | null) => {
    const { id, pupil, subject } = item?.dataset ?? {};
    if (id) panel.openStage(id);
    else if (pupil && subject) panel.openWish(pupil, subject);
  };

  const carryOut = (command: Command, item: HTMLElement): boolean => {
    const id = item.dataset.id;
    if (command === 'open') open(item);
    else if (command === 'pin' || command === 'approve') {
      if (!id) return false;
      if (command === 'pin') moves.togglePin(id);
      else moves.act(id, command);
    } else go(command, item);
    return true;
  };

  const go = (command: Command, item: HTMLElement) => {
    const lists = [...columns.root.querySelectorAll('.board-list')].map(shown);
    const column = lists.findIndex((list) => list.includes(item));
    const to = goesTo(
      command,
      { column, row: lists[column]?.indexOf(item) ?? -1 },
      lists.map((list) => list.length),
    );
    const next = to && lists[to.column]?.[to.row];
    if (!next) return;
    for (const other of next.parentElement?.children ?? []) (other as HTMLElement).tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };

  columns.root.addEventListener('keydown', (event) => {
    const at = event.target as Element;
    const item = at.closest<HTMLElement>('.stage, .wish');
    if (!item || event.ctrlKey || event.metaKey || event.altKey || at.closest('.more')) return;
    const command = commandOf(event.key);
    if (command && carryOut(command, item)) event.preventDefault();
  });
  const openAt = (event: Event) => open((event.target as Element).closest<HTMLElement>('.stage, .wish'));
  columns.root.addEventListener('dblclick', openAt);
  columns.root.addEventListener('click', (event) => {
    const isTap = event instanceof PointerEvent && event.pointerType === 'touch';
    if (isTap || (event.target as Element).closest('[data-open], .wish')) openAt(event);
  });
  addEventListener('keydown', (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    // In a field it undoes what was typed.
    if (!isUndo || /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '')) return;
    event.preventDefault();
    moves.undo();
  });
}
