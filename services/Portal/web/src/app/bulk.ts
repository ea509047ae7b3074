import { every } from '../dom';

/** What a switch for several boxes shows: all ticked, some, none. */
export function stateOf(ticked: boolean[]): { checked: boolean; indeterminate: boolean } {
  const checked = ticked.length > 0 && ticked.every((box) => box);
  return { checked, indeterminate: !checked && ticked.some((box) => box) };
}

/** Whole mornings at once, live; without a script the server reads the same boxes. */
export function switchMornings(): void {
  for (const bulk of every('[data-bulk]')) {
    const boxes = every<HTMLInputElement>('.grid input', bulk.parentElement ?? document);
    const switches = every<HTMLInputElement>('input', bulk);
    const partOf = (name: string) => boxes.filter((box) => box.dataset.part === name);
    const show = () => {
      for (const each of switches) Object.assign(each, stateOf(partOf(each.value).map((box) => box.checked)));
    };
    for (const each of switches)
      each.addEventListener('change', () => {
        for (const box of partOf(each.value)) box.checked = each.checked;
        show();
      });
    for (const box of boxes) box.addEventListener('change', show);
    show();
  }
}
