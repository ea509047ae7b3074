import { el, every } from '../dom';
import { arrows, filled, isMorning, isState, mark, next, type State } from './availability';
import { tellSessions } from './sessions';

/** Availability is painted: tap or Enter changes a cell, a drag gives its neighbours the same. The menus underneath are what is sent. */
export function paintAvailability(): void {
  for (const table of every('[data-paint]')) paintable(table);
}

function paintable(table: HTMLElement): void {
  const menus = new Map<Element, HTMLSelectElement>();
  let brush: State | null = null;
  // A finger that comes down may yet scroll: its cell changes when it goes up again, or when it has gone on to a neighbour.
  let touched: [HTMLElement, HTMLSelectElement] | null = null;
  const stateOf = (menu: HTMLSelectElement): State => (isState(menu.value) ? menu.value : '');
  const says = el('p', { class: 'away', 'aria-live': 'polite' });
  table.after(says);
  const set = (cell: HTMLElement, menu: HTMLSelectElement, state: State) => {
    const changes = menu.value !== state;
    menu.value = state;
    const chosen = [...menus.values()].filter((m) => m.value !== '');
    tellSessions(
      table,
      chosen.map((m) => m.name),
    );
    cell.dataset.state = state;
    cell.textContent = mark[state];
    const text = menu.selectedOptions[0]?.text;
    // The name stays, so that a change is heard as one.
    cell.setAttribute('aria-pressed', String(state !== ''));
    cell.setAttribute('aria-description', (text === '–' ? menu.dataset.none : text) ?? '');
    if (!changes) return;
    says.textContent = `${cell.getAttribute('aria-label')}${menu.dataset.colon ?? ': '}${cell.getAttribute('aria-description')}`;
    // As if it had been chosen by hand: what is painted is kept like what is typed.
    menu.dispatchEvent(new Event('input', { bubbles: true }));
  };

  for (const menu of every<HTMLSelectElement>('select', table)) {
    const cell = el('button', { type: 'button', class: 'paint', 'aria-label': menu.getAttribute('aria-label') });
    menus.set(cell, menu);
    menu.after(cell);
    set(cell, menu, stateOf(menu));
    cell.addEventListener('pointerdown', (event) => {
      // A finger would keep the first cell otherwise.
      cell.releasePointerCapture(event.pointerId);
      brush = next(stateOf(menu));
      if (event.pointerType === 'touch') touched = [cell, menu];
      else set(cell, menu, brush);
    });
    cell.addEventListener('pointerenter', (event) => {
      if (brush !== null && event.pointerType !== 'touch') set(cell, menu, brush);
    });
    cell.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        set(cell, menu, next(stateOf(menu)));
      }
      const by = arrows[event.key];
      if (!by) return;
      event.preventDefault();
      neighbour(cell, by)?.focus();
    });
  }
  const lift = (event: Event) => {
    if (event.type === 'pointerup' && touched && brush !== null) set(...touched, brush);
    brush = touched = null;
  };
  addEventListener('pointerup', lift);
  addEventListener('pointercancel', lift);
  table.addEventListener('pointermove', (event) => {
    if (brush === null || event.pointerType !== 'touch') return;
    const cell = document.elementFromPoint(event.clientX, event.clientY);
    const menu = cell && menus.get(cell);
    if (!menu || touched?.[0] === cell) return;
    if (touched) set(...touched, brush);
    touched = null;
    set(cell as HTMLElement, menu, brush);
  });
  // The server fills what is empty by them; here they have done so, and a cell emptied since stays empty.
  table.closest('form')?.addEventListener('formdata', ({ formData }) => {
    for (const half of every<HTMLInputElement>('[data-fill]', table.parentElement ?? document)) formData.delete(half.name);
  });
  for (const half of every<HTMLInputElement>('[data-fill]', table.parentElement ?? document))
    half.addEventListener('change', () => {
      for (const [cell, menu] of menus) {
        if (isMorning(menu.name) !== (half.value === 'morning')) continue;
        const state = filled(stateOf(menu), half.checked);
        if (state !== null) set(cell as HTMLElement, menu, state);
      }
    });
}

function neighbour(cell: HTMLElement, [down, right]: [number, number]): HTMLElement | null {
  const at = cell.closest('td');
  const row = at?.parentElement as HTMLTableRowElement | undefined;
  const body = row?.parentElement as HTMLTableSectionElement | undefined;
  if (!at || !row || !body) return null;
  const there = down === 0 ? row : body.rows[row.sectionRowIndex + down];
  return there?.cells[at.cellIndex + right]?.querySelector<HTMLElement>('.paint') ?? null;
}
