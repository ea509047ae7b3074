import { every } from '../dom';

const minute = 60_000;

/** « 2 h 05 min », « 12 min », « moins d’une minute » is one minute: nobody counts seconds before a door. */
export function left(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / minute));
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')} min`;
}

/** How long until a class can be entered: said again each minute on the day itself, and at once when it can. */
export function countDown(): void {
  for (const line of every('[data-opens]')) {
    const opens = Date.parse(line.dataset.opens ?? '');
    const show = () => {
      const rest = opens - Date.now();
      if (rest > 24 * 60 * minute) return;
      const says = rest <= 0 ? (line.dataset.now ?? '') : (line.dataset.in ?? '').replace('{0}', left(rest));
      // A reader hears what changed, and nothing else.
      if (line.textContent !== says) line.textContent = says;
      if (rest <= 0) clearInterval(timer);
    };
    const timer = setInterval(show, 5_000);
    show();
  }
}
