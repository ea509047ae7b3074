// Drag and drop with the mouse, by the browser's own means: what is dragged and where to is told by `aim`. From its beginning every
// target shows whether it is possible: what is known here at once, the rest when the service has answered for all of them.
import { every } from '../dom';
import { type Aim, aim, type Dragged, type Over } from './aim';
import type { Moves } from './moves';
import type { Board } from './parts';
import { addressOf, answered, atOnce, keyOfSlot, keyOfStage, keyOfWeek, out, type Verdict, type Verdicts } from './verdicts';
import type { PupilTargets, Stage, StageTargets } from './wire';

/** How long the hand rests on the tab of a week before that week is shown, so that a pupil can be brought there. */
const restOnTab = 600;

/** `rest`: nothing moves away under the hand while it drags. */
export function dragAndDrop(board: Board, moves: Moves, rest: (isDragging: boolean) => void): void {
  const { line, model, root, views, words } = board;
  let dragged: Dragged | null = null;
  let verdicts: Verdicts = new Map();
  // Stages as they were when the drag began: the move is about what the coordinator saw.
  let seen: ReadonlyMap<string, Stage> = new Map();
  let target: string | null = null;
  let turning: ReturnType<typeof setTimeout> | undefined;

  const aimAt = (event: DragEvent): Aim | null => dragged && aim(dragged, overOf(event), model.stages);

  root.addEventListener('dragstart', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('[draggable]');
    if (!item) return;
    const { id, stage: of, module, pupil, subject } = item.dataset;
    const stage = id ?? of;
    const mine: Dragged = { stage, module, pupil, subject: subject ?? model.stages.get(stage ?? '')?.subject };
    dragged = mine;
    seen = new Map(model.stages);
    verdicts = atOnce(mine, model, words);
    rest(true);
    // After the browser has taken its picture of what is dragged.
    setTimeout(() => {
      if (dragged === mine) show();
    });
    void ask(mine);
    if (event.dataTransfer) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', pupil ?? module ?? '');
    }
  });

  root.addEventListener('dragend', end);

  root.addEventListener('dragover', (event) => {
    if (!dragged) return;
    const to = aimAt(event);
    if (to) event.preventDefault();
    const over = overOf(event).week;
    if (over === undefined || !dragged.pupil) clearTimeout(turning);
    if ((to?.key ?? over ?? null) === target) return;
    target = to?.key ?? over ?? null;
    if (over !== undefined && dragged.pupil) turning = setTimeout(() => views.showWeek(over), restOnTab);
    for (const each of every('.over', root)) each.classList.remove('over');
    if (to && !to.isWrong) {
      for (const each of elementsOf(to.key)) each.classList.add('over');
      tell(verdicts.get(to.key));
    } else line.tell('');
  });

  root.addEventListener('drop', (event) => {
    event.preventDefault();
    const to = aimAt(event);
    dragged = null;
    if (!to) return;
    if (to.isWrong) line.tell(words.say('Ce stage est dans une autre matière.', 'This stage is in another subject.'), [], true);
    else moves.commit(to.gesture, seen.get(to.gesture.stage));
  });

  views.onDrawn = () => {
    if (dragged) show();
  };

  function end(): void {
    dragged = null;
    target = null;
    clearTimeout(turning);
    delete root.dataset.dragging;
    delete root.dataset.judged;
    for (const each of every('.yes, .no, .asked, .over, .dragged', root)) each.classList.remove('yes', 'no', 'asked', 'over', 'dragged');
    for (const each of every('.verdict', root)) each.textContent = '';
    rest(false);
  }

  /** All conflicts of all targets, before the hand is over any of them. */
  async function ask(mine: Dragged): Promise<void> {
    const address = addressOf(mine, board.campaign);
    if (!address) return;
    const answer = await board.api.get<Partial<StageTargets & PupilTargets>>(address);
    // Without an answer a drop is still judged, and its conflicts are told then.
    if (dragged !== mine || !answer.ok) return;
    verdicts = answered(verdicts, answer.value, words, mine.pupil);
    show();
    if (target) tell(verdicts.get(target));
    root.dataset.judged = 'yes';
  }

  function show(): void {
    root.dataset.dragging = dragged?.pupil ? 'pupil' : 'session';
    if (dragged?.stage) for (const block of views.grid.blocks(dragged.stage)) block.classList.add('dragged');
    for (const [key, verdict] of verdicts) for (const element of elementsOf(key)) mark(element, verdict);
  }

  function mark(element: HTMLElement, { isPossible, short }: Verdict): void {
    element.classList.remove('yes', 'no', 'asked');
    element.classList.add(isPossible === null ? 'asked' : isPossible ? 'yes' : 'no');
    const place = element.querySelector('.verdict');
    if (place) place.textContent = isPossible === null ? '…' : isPossible ? `✓ ${words.say('possible', 'possible')}` : `✗ ${short}`;
  }

  function tell(verdict: Verdict | undefined): void {
    if (!verdict || verdict.isPossible === null) return;
    if (verdict.isPossible) line.tell(words.say('Possible : lâchez.', 'Possible: drop.'));
    else
      line.tell(
        words.say('Ce geste serait refusé :', 'This move would be refused:'),
        verdict.texts.length > 0 ? verdict.texts : [verdict.short],
        true,
      );
  }

  function elementsOf(key: string): HTMLElement[] {
    const { grid, tray } = views;
    const space = key.indexOf(' ');
    const name = key.slice(space + 1);
    if (key === out) return [tray.out];
    if (key === keyOfStage(name)) return grid.blocks(name);
    if (key === keyOfWeek(name)) return every(`button[data-week="${name}"]`, root);
    const slot = key === keyOfSlot(name) ? grid.slot(name) : undefined;
    return slot ? [slot] : [];
  }

  function overOf(event: Event): Over {
    const at = event.target instanceof Element ? event.target : null;
    const slot = at?.closest<HTMLElement>('.slot');
    return {
      slot: slot ? { date: slot.dataset.date ?? '', start: slot.dataset.start ?? '' } : undefined,
      stage: at?.closest<HTMLElement>('.block')?.dataset.id,
      week: at?.closest<HTMLElement>('button[data-week]')?.dataset.week,
      isOut: (at && views.tray.out.contains(at)) || undefined,
    };
  }
}
