import { afterAPause, el, every, one } from '../dom';

export interface School {
  uai: string;
  name: string;
  type: string;
  commune: string;
  postcode: string;
}

export const fewestLetters = 3;

/** As many as one looks through; more are found by another word. */
const most = 8;

export const searchAddress = (text: string, level: string): string =>
  `/api/schools?limit=${most}&search=${encodeURIComponent(text)}&level=${encodeURIComponent(level)}`;

/** Schools appear while one types; the one that is chosen stays. */
export function suggestSchools(): void {
  for (const field of every('[data-schools]')) {
    const input = one<HTMLInputElement>('input[type=search]', field);
    const results = one('[data-results]', field);
    const level = field.closest('form')?.elements.namedItem('level');
    const none = one('[data-none]', results);
    const more = one('[data-more]', results);
    let last = '';
    const search = async () => {
      const text = input.value.trim();
      if (text.length < fewestLetters || text === last) return;
      last = text;
      const of = level && 'value' in level ? String(level.value) : '';
      const answer = await fetch(searchAddress(text, of)).catch(() => null);
      // A slow answer must not replace that to a later question.
      if (!answer?.ok || text !== last) return;
      const found: { items: School[] } = await answer.json();
      const chosen = results.querySelector<HTMLInputElement>('input:checked');
      const kept = chosen?.closest('label') ?? null;
      const others = found.items.filter((school) => school.uai !== chosen?.value);
      none.hidden = found.items.length > 0;
      more.hidden = found.items.length < most;
      results.replaceChildren(...(kept ? [kept] : []), ...others.map(choice), none, more);
    };
    const typing = afterAPause(200, search);
    input.addEventListener('input', typing.soon);
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      last = '';
      search();
    });
  }
}

const choice = (school: School): HTMLElement =>
  el(
    'label',
    { class: 'choice' },
    el('input', { type: 'radio', name: 'school', value: school.uai }),
    el('span', {}, school.name, el('small', {}, `${school.type}, ${school.commune} (${school.postcode})`)),
  );
