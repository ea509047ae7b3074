import { every } from '../dom';
import { sessions } from './availability';

/** Said beside the table of slots, and read aloud: whether a stage fits what is chosen in it. */
export function tellSessions(table: HTMLElement, chosen: string[]): void {
  const line = table.parentElement?.querySelector<HTMLElement>('[data-days]');
  if (!line) return;
  const [possible, needed] = [sessions(chosen, Number(line.dataset.daily)), Number(line.dataset.needed)];
  const says = chosen.length === 0 ? line.dataset.none : possible < needed ? line.dataset.few : line.dataset.enough;
  line.textContent = (says ?? '').replace('{0}', `${possible}`).replace('{1}', `${needed}`);
}

/** A family's table of boxes. */
export function countSessions(): void {
  for (const table of every('table[data-week]')) {
    const boxes = every<HTMLInputElement>('input', table);
    const show = () => {
      const chosen = boxes.filter((box) => box.checked);
      tellSessions(
        table,
        chosen.map((box) => box.value),
      );
    };
    table.parentElement?.addEventListener('change', show);
    show();
  }
}

/** Where a page asks for level and wishes, the wishes are those of the level. */
export function wishesOfTheLevel(): void {
  const level = document.querySelector<HTMLSelectElement>('select[name=level]');
  const wishes = document.querySelector('[data-wishes]');
  if (!level || !wishes) return;
  const show = () => {
    for (const option of every<HTMLOptionElement>('option[data-levels]', wishes as HTMLElement)) {
      const has = level.value === '' || (option.dataset.levels ?? '').split(' ').includes(level.value);
      option.hidden = option.disabled = !has && !option.selected;
    }
  };
  level.addEventListener('change', show);
  show();
}
