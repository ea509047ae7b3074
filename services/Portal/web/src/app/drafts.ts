// What was typed survives a failed connection: kept on this device until another page has followed, which says that it was saved.
import { afterAPause, every } from '../dom';

/** A field's name, its value, and whether it is ticked (null: it is no box). */
export type Entry = [name: string, value: string, checked: boolean | null];

export interface Draft {
  sent: boolean;
  at: number;
  values: Entry[];
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const prefix = 'stages:';
const patience = 24 * 60 * 60 * 1000;

export function parse(text: string | null): Draft | null {
  try {
    const draft = JSON.parse(text ?? 'null');
    return Array.isArray(draft?.values) ? draft : null;
  } catch {
    return null;
  }
}

export const isFresh = (draft: Draft, now: number): boolean => now - draft.at < patience;

/** What a field becomes by a draft; null leaves it. What the server has written there goes before. */
export function restored(draft: Draft, [name, value, checked]: Entry): { checked: boolean } | { value: string } | null {
  const was = draft.values.find((kept) => kept[0] === name && (kept[2] === null || kept[1] === value));
  if (!was) return null;
  if (was[2] !== null) return { checked: was[2] };
  return value === '' && checked === null ? { value: was[1] } : null;
}

const isKept = (field: Field): boolean => field.name !== '' && !field.name.startsWith('_') && !['hidden', 'submit'].includes(field.type);

const entryOf = (field: Field): Entry => [
  field.name,
  field.value,
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio') ? field.checked : null,
];

/** Whoever signs out leaves nothing of a form behind; where the browser itself clears by the answer's header, it finds nothing. */
export function forgetAtSignOut(): void {
  for (const form of every<HTMLFormElement>('form[action="/deconnexion"]'))
    form.addEventListener('submit', () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
    });
}

export function keepDrafts(): void {
  const forms = every<HTMLFormElement>('form[data-keep]');
  const here = new Set(forms.map((form) => prefix + form.dataset.keep));
  for (const key of Object.keys(localStorage))
    if (key.startsWith(prefix) && !here.has(key) && parse(localStorage.getItem(key))?.sent) localStorage.removeItem(key);
  for (const form of forms) keepDraft(form, prefix + form.dataset.keep);
}

function keepDraft(form: HTMLFormElement, key: string): void {
  const fields = () => ([...form.elements] as Field[]).filter(isKept);
  const keep = (sent: boolean) => {
    const draft: Draft = { sent, at: Date.now(), values: fields().map(entryOf) };
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Full or forbidden: the draft on the server remains.
    }
  };
  const draft = parse(localStorage.getItem(key));
  if (!draft) localStorage.removeItem(key);
  else if (isFresh(draft, Date.now()) && !document.querySelector('[role=alert]'))
    for (const field of fields()) Object.assign(field, restored(draft, entryOf(field)));

  const typing = afterAPause(300, () => keep(false));
  form.addEventListener('input', typing.soon);
  form.addEventListener('submit', (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      document.querySelector('.offline')?.removeAttribute('hidden');
      return;
    }
    typing.never();
    keep(true);
  });
}
