// An address that was perhaps meant to be another is asked about beside its field, and never refused. The server has the list.
import { el, every } from '../dom';

/** Letters that are wrong, missing, too many, or changed places with their neighbour. */
export function slips(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const now = [i];
    for (let j = 1; j <= other.length; j++) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      let fewest = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + wrong);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) fewest = Math.min(fewest, (before[j - 2] ?? 0) + 1);
      now.push(fewest);
    }
    [before, last] = [last, now];
  }
  return last[other.length] ?? 0;
}

const shortestMeant = 7;
const allowed = (word: string) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** @param words Domains that are meant, others that are right, and endings, parted by bars. */
export function meantAddress(typed: string, words: string): string | null {
  const address = typed.trim();
  const at = address.lastIndexOf('@');
  if (at <= 0 || at === address.length - 1) return null;
  const domain = address.slice(at + 1).toLowerCase();
  const [meant = [], right = [], endings = []] = words.split('|').map((part) => part.trim().split(/ +/));
  const whole = (found: string) => address.slice(0, at + 1) + found;
  if (meant.includes(domain) || right.includes(domain)) return null;
  for (let most = 1; most <= allowed(domain) && most <= 2; most++) {
    const found = meant.find((known) => known.length >= shortestMeant && slips(domain, known) <= most);
    if (found) return whole(found);
  }
  for (const ending of endings) {
    const [wrong = '', correct = ''] = ending.split('>');
    if (wrong && domain.endsWith(wrong)) return whole(domain.slice(0, -wrong.length) + correct);
  }
  return null;
}

/** In which somebody reads a line. */
const reading = 1_500;
let pressing = false;

export function hintTypos(): void {
  addEventListener('pointerdown', () => (pressing = true), true);
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (pressing = false), true);
  for (const field of every<HTMLInputElement>('input[data-typo]')) hint(field);
}

function hint(field: HTMLInputElement): void {
  const told = el('input', { type: 'hidden', name: `told.${field.name}` });
  const line = el('p', { class: 'typo', 'aria-live': 'polite' });
  field.after(line);
  const show = () => {
    // What the server said of another address has been read.
    field.parentElement?.querySelector('.typo[id]')?.remove();
    field.parentElement?.querySelector(`input[type=hidden][name="${told.name}"]`)?.remove();
    const meant = meantAddress(field.value, field.dataset.typo ?? '');
    line.replaceChildren();
    if (!meant) return;
    const [before = '', after = ''] = (field.dataset.ask ?? '{0}').split('{0}');
    const take = el('button', { type: 'button', class: 'link' }, meant);
    take.addEventListener('click', () => {
      field.value = meant;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      show();
      field.focus();
    });
    line.append(before, take, after);
    line.after(told);
    // Once it has been read the server need not ask again.
    const asked = field.value.trim();
    setTimeout(() => {
      if (field.value.trim() === asked) told.value = asked;
    }, reading);
  };
  // A line that comes while a button is being pressed would move it from under the finger.
  field.addEventListener('change', () => (pressing ? addEventListener('pointerup', () => setTimeout(show), { once: true }) : show()));
}
