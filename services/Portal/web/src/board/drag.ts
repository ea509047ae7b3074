// Drag and drop with the mouse, by the browser's own means: what is dragged and where to is told by `aim`.
import { every } from '../dom';
import { type Aim, aim, type Dragged, type Over } from './aim';
import { slotGrid } from './cards';
import { contentAfter } from './gestures';
import type { Moves } from './moves';
import type { Board } from './parts';
import type { Stage } from './wire';

/** `rest`: nothing moves away under the hand while it drags. */
export function dragAndDrop(board: Board, moves: Moves, rest: (isDragging: boolean) => void): void {
  const { columns, line, marks, model, words } = board;
  let dragged: Dragged | null = null;
  // Stages as they were when the drag began: the move is about what the coordinator saw.
  let seen: ReadonlyMap<string, Stage> = new Map();
  let target: string | null = null;

  const aimAt = (event: DragEvent): Aim | null => dragged && aim(dragged, overOf(event), model.stages);

  columns.root.addEventListener('dragstart', (event) => {
    const item = event.target as HTMLElement;
    const { pupil, module, subject } = item.dataset;
    const id = item.closest<HTMLElement>('.stage')?.dataset.id;
    const stage = model.stages.get(id ?? '');
    dragged = { stage: id, module, pupil, subject: subject ?? stage?.subject };
    seen = new Map(model.stages);
    rest(true);
    const week = stage && model.week(stage.week);
    // After the browser has taken its picture of what is dragged.
    if (module && week) setTimeout(() => columns.card(stage.id)?.append(slotGrid(stage, week, model.plan.starts)));
    if (event.dataTransfer) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', pupil ?? module ?? id ?? '');
    }
    event.stopPropagation();
  });

  columns.root.addEventListener('dragend', () => {
    dragged = null;
    target = null;
    for (const grid of every('.mini[data-mini]')) grid.remove();
    marks.clear();
    rest(false);
  });

  columns.root.addEventListener('dragover', (event) => {
    if (!dragged) return;
    const to = aimAt(event);
    if (to) event.preventDefault();
    if ((to?.key ?? null) === target) return;
    target = to?.key ?? null;
    marks.clear();
    if (to && !to.isWrong) ask(to, cellOf(event));
  });

  columns.root.addEventListener('drop', (event) => {
    event.preventDefault();
    const to = aimAt(event);
    dragged = null;
    target = null;
    if (!to) return;
    if (to.isWrong) line.tell(words.say('Ce stage est dans une autre matière.', 'This stage is in another subject.'), [], true);
    else moves.commit(to.gesture, seen.get(to.gesture.stage));
  });

  /** Each conflict is shown before the move is made. */
  async function ask({ key, gesture }: Aim, cell: Element | null): Promise<void> {
    if (cell) marks.set(cell, 'over');
    const stage = model.stages.get(gesture.stage);
    if (!stage) return;
    const { possible, conflicts } = await board.api.preview(stage.id, contentAfter(gesture, stage, model.plan));
    if (target !== key || !dragged) return;
    marks.set(columns.card(stage.id), possible ? 'good-drop' : 'conflict');
    const text = possible
      ? words.say('Possible : lâchez.', 'Possible: drop.')
      : words.say('Ce geste serait refusé :', 'This move would be refused:');
    line.tell(text, conflicts, !possible);
  }
}

const cellOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('.mini td:not(.closed)') : null;

function overOf(event: Event): Over {
  const cell = cellOf(event);
  const at = event.target instanceof Element ? event.target : null;
  return {
    slot: cell ? { date: cell.dataset.date ?? '', start: cell.dataset.start ?? '' } : undefined,
    stage: at?.closest<HTMLElement>('.stage')?.dataset.id,
    week: at?.closest<HTMLElement>('.board-week')?.dataset.week,
  };
}
