// The board without a mouse: arrows from session to session or from row to row, Enter to open, P to pin, V to approve, Ctrl+Z to undo;
// a click chooses a stage, a tap opens it.
import { type Command, commandOf, goesTo } from './keys';
import type { Moves } from './moves';
import type { Board } from './parts';

export interface Opener {
  openStage(id: string): void;
  openWish(pupil: string, subject: string): void;
}

export function keyboardAndTaps(board: Board, moves: Moves, panel: Opener): void {
  const { root, views } = board;
  const { grid, tray, twin } = views;

  const open = (item: HTMLElement) => {
    const { id, pupil, subject } = item.dataset;
    if (id) panel.openStage(id);
    else if (pupil && subject) panel.openWish(pupil, subject);
  };

  const act = (command: Command, id: string | undefined): boolean => {
    if (!id) return false;
    if (command === 'pin') moves.togglePin(id);
    else if (command === 'approve') moves.act(id, command);
    else return false;
    return true;
  };

  /** In the week: from block to block. */
  const goInWeek = (command: Command, item: HTMLElement): HTMLElement | undefined => {
    const matrix = grid.matrix();
    const day = matrix.findIndex((hours) => hours.some((blocks) => blocks.includes(item)));
    const hour = matrix[day]?.findIndex((blocks) => blocks.includes(item)) ?? -1;
    const row = matrix[day]?.[hour]?.indexOf(item) ?? -1;
    const counts = matrix.map((hours) => hours.map((blocks) => blocks.length));
    const to = goesTo(command, { day, hour, row }, counts);
    return to ? matrix[to.day]?.[to.hour]?.[to.row] : undefined;
  };

  /** In a list, which is one day of one hour: from item to item. */
  const goInList = (command: Command, items: HTMLElement[], item: HTMLElement): HTMLElement | undefined => {
    const to = goesTo(command, { day: 0, hour: 0, row: items.indexOf(item) }, [[items.length]]);
    return to ? items[to.row] : undefined;
  };

  const stop = (next: HTMLElement | undefined, among: Iterable<HTMLElement>): boolean => {
    if (!next) return false;
    for (const other of among) other.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    return true;
  };

  grid.root.addEventListener('keydown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('.block');
    const command = item && commandFor(event);
    if (!item || !command) return;
    if (command === 'open') open(item);
    else if (!act(command, item.dataset.id)) stop(goInWeek(command, item), grid.root.querySelectorAll<HTMLElement>('.block'));
    event.preventDefault();
  });
  tray.wishes.addEventListener('keydown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('.wish');
    const command = item && commandFor(event);
    if (!item || !command) return;
    const items = [...tray.wishes.children] as HTMLElement[];
    if (command === 'open') open(item);
    else if (!stop(goInList(command, items, item), items)) return;
    event.preventDefault();
  });
  twin.root.addEventListener('keydown', (event) => {
    const row = (event.target as Element).closest<HTMLElement>('tbody tr');
    const command = row && commandFor(event);
    // Buttons open by themselves.
    if (!row || !command || command === 'open') return;
    if (act(command, row.dataset.id)) event.preventDefault();
    const next = goInList(command, twin.rows(), row);
    if (!next) return;
    twin.keepOneStop(next);
    next.querySelector('button')?.focus();
    event.preventDefault();
  });

  // All blocks of a stage light up together.
  const light = (event: Event) => {
    const id = (event.target as Element).closest<HTMLElement>('.block')?.dataset.id;
    for (const lit of grid.root.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (id) for (const block of grid.blocks(id)) block.classList.add('lit');
  };
  for (const type of ['pointerover', 'pointerleave', 'focusin', 'focusout']) grid.root.addEventListener(type, light);

  root.addEventListener('dblclick', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('.block');
    if (item) open(item);
  });
  root.addEventListener('click', (event) => {
    const at = event.target as Element;
    const button = at.closest<HTMLElement>('[data-do]');
    if (button) {
      const { do: verb, stage, pupil, subject } = button.dataset;
      if (verb === 'open' && stage) panel.openStage(stage);
      else if (verb === 'find' && pupil && subject) panel.openWish(pupil, subject);
      else act(verb as Command, stage);
      return;
    }
    const item = at.closest<HTMLElement>('.block, .wish');
    if (!item) return;
    const isTap = event instanceof PointerEvent && event.pointerType === 'touch';
    if (isTap || item.matches('.wish')) open(item);
    else views.choose(item.dataset.id ?? '');
  });
  addEventListener('keydown', (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    // In a field it undoes what was typed.
    if (!isUndo || /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '')) return;
    event.preventDefault();
    moves.undo();
  });
}

const commandFor = (event: KeyboardEvent): Command | undefined =>
  event.ctrlKey || event.metaKey || event.altKey ? undefined : commandOf(event.key);
