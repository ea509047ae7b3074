import { el } from '../dom';
import type { Notes } from './dialog';
import { contentAfter, type Gesture } from './gestures';
import type { Board } from './parts';

export type Entry = [value: string, text: string];

export interface Choice {
  label: string;
  entries: Entry[];
  chosen: string;
  gestureOf(value: string): Gesture;
}

let named = 0;

/** A menu with its button: choosing shows the conflicts, applying makes the move. */
export function choiceOf(board: Board, notes: Notes, choice: Choice, apply: (gesture: Gesture) => void): HTMLElement {
  const { api, model, words } = board;
  const { label, chosen, gestureOf } = choice;
  const options = choice.entries.map(([value, text]) => el('option', { value, selected: value === chosen }, text));
  named += 1;
  const select = el('select', { id: `choice-${named}` }, ...options);
  const text = words.say('Appliquer', 'Apply');
  const button = el('button', { class: 'button small', type: 'button', disabled: true }, text, el('span', { class: 'away' }, ` ${label}`));
  select.addEventListener('change', async () => {
    const { value } = select;
    button.disabled = true;
    const gesture = value && value !== chosen ? gestureOf(value) : null;
    const stage = gesture && model.stages.get(gesture.stage);
    if (!gesture || !stage) {
      notes.clear();
      return;
    }
    const preview = await api.preview(stage.id, contentAfter(gesture, stage, model.plan));
    // Another has been chosen meanwhile.
    if (select.value !== value) return;
    notes.judge(preview, words);
    button.disabled = !preview.possible;
  });
  button.addEventListener('click', () => apply(gestureOf(select.value)));
  return el('div', { class: 'row' }, el('div', {}, el('label', { for: select.id }, label), select), button);
}
