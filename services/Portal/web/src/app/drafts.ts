// What was typed survives a failed connection: kept on this device until another page has followed, which says that it was saved. It is
// sealed under a key of the account, which stands in that account's pages and nowhere on the device: to the next person it is noise.
import { afterAPause, every } from '../dom';

/** A field's name, its value, and whether it is ticked (null: it is no box). */
export type Entry = [name: string, value: string, checked: boolean | null];

export interface Draft {
  sent: boolean;
  at: number;
  /** The entries, sealed. */
  values: string;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const prefix = 'stages:';
const patience = 24 * 60 * 60 * 1000;
/** In which whoever pressed the button and was asked to sign in does so. */
const underWay = 15 * 60 * 1000;

export function parse(text: string | null): Draft | null {
  try {
    const draft = JSON.parse(text ?? 'null');
    return typeof draft?.values === 'string' ? draft : null;
  } catch {
    return null;
  }
}

/** It was being sent when the session turned out to be over: sealed for its author, who signs in now. */
export const isUnderWay = (draft: Draft | null, now: number): boolean => draft?.sent === true && now - draft.at < underWay;

export const isFresh = (draft: Draft, now: number): boolean => now - draft.at < patience;

const bytes = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

export const secretOf = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt']);

export async function seal(secret: CryptoKey, entries: Entry[]): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(entries));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, text));
  return btoa(String.fromCharCode(...iv) + Array.from(sealed, (byte) => String.fromCharCode(byte)).join(''));
}

/** Null: another account's, or nobody's. */
export async function unseal(secret: CryptoKey, sealed: string): Promise<Entry[] | null> {
  try {
    const all = bytes(sealed);
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: all.slice(0, 12) }, secret, all.slice(12));
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}

/**
 * What a field becomes by a draft; null leaves it. What the server has written there goes before, unless the page says that the draft was
 * made of just that.
 */
export function restored(values: Entry[], [name, value, checked]: Entry, all = false): { checked: boolean } | { value: string } | null {
  const was = values.find((kept) => kept[0] === name && (kept[2] === null || kept[1] === value));
  if (!was) return null;
  if (was[2] !== null) return { checked: was[2] };
  return (all || value === '') && checked === null ? { value: was[1] } : null;
}

const isKept = (field: Field): boolean => field.name !== '' && !field.name.startsWith('_') && !['hidden', 'submit'].includes(field.type);

const entryOf = (field: Field): Entry => [
  field.name,
  field.value,
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio') ? field.checked : null,
];

const drafts = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

const forget = (): void => {
  for (const key of drafts()) localStorage.removeItem(key);
};

/** Signed out: nothing stays but what its author has just tried to send, and they are told so. */
function forgetUnlessUnderWay(): void {
  const now = Date.now();
  for (const key of drafts()) if (!isUnderWay(parse(localStorage.getItem(key)), now)) localStorage.removeItem(key);
  if (drafts().length > 0) for (const told of every('[data-kept]')) told.hidden = false;
}

// The pages of this browser hear of each other through it.
const pages = new BroadcastChannel('stages-account');
const leaving = 'leaving';
const nobody = 'nobody';
/** Who signs out, here or in another tab, has nothing more kept of what is typed. */
let isOver = false;

/** Whoever signs out leaves nothing of a form behind; where the browser itself clears by the answer's header, it finds nothing. */
export function forgetAtSignOut(): void {
  for (const form of every<HTMLFormElement>('form[action="/deconnexion"]'))
    form.addEventListener('submit', () => {
      isOver = true;
      forget();
      pages.postMessage(leaving);
    });
}

/**
 * Once somebody has signed out in one tab, or another person came in, the others are asked for anew, and show what this browser's account
 * may see. Where a session ended by itself they stay, with what was typed in them.
 */
async function goWithTheAccount(key: string): Promise<void> {
  const account = String(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(key))));
  pages.onmessage = ({ data }) => {
    if (data === account || (data === nobody && !isOver)) return;
    isOver = true;
    forget();
    // Still on the way out: the page that says so comes next.
    if (data !== leaving) location.replace(location.href);
  };
  pages.postMessage(account);
}

/** A page says whose it is; one that everybody gets alike, such as that of a lost connection, says nothing. */
export async function keepDrafts(): Promise<void> {
  const key = document.documentElement.dataset.drafts;
  if (key === undefined) return;
  // Signed out, whichever way that came.
  if (key === '') {
    pages.postMessage(nobody);
    return forgetUnlessUnderWay();
  }
  // Not over plain http: what cannot be sealed is not kept.
  if (!globalThis.crypto?.subtle) return;
  const secret = await secretOf(key);
  await goWithTheAccount(key);
  const forms = every<HTMLFormElement>('form[data-keep]');
  const here = new Set(forms.map((form) => prefix + form.dataset.keep));
  for (const name of drafts()) {
    const draft = parse(localStorage.getItem(name));
    // Nothing, or another account's.
    const isMine = draft !== null && (await unseal(secret, draft.values)) !== null;
    if (!isMine || (draft.sent && !here.has(name))) localStorage.removeItem(name);
  }
  for (const form of forms) await keepDraft(form, prefix + form.dataset.keep, secret);
}

async function keepDraft(form: HTMLFormElement, key: string, secret: CryptoKey): Promise<void> {
  const fields = () => ([...form.elements] as Field[]).filter(isKept);
  const write = (draft: Draft) => {
    try {
      if (!isOver) localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Full or forbidden: the draft on the server remains.
    }
  };
  const all = form.dataset.keepAll !== undefined;
  let sent = false;
  const keep = async () => {
    const values = await seal(secret, fields().map(entryOf));
    write({ sent, at: Date.now(), values });
  };
  const draft = parse(localStorage.getItem(key));
  const values = draft && isFresh(draft, Date.now()) ? await unseal(secret, draft.values) : null;
  if (!values) localStorage.removeItem(key);
  else if (!document.querySelector('[role=alert]'))
    for (const field of fields()) Object.assign(field, restored(values, entryOf(field), all));

  const typing = afterAPause(300, keep);
  form.addEventListener('input', typing.soon);
  form.addEventListener('submit', (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      document.querySelector('.offline')?.removeAttribute('hidden');
      return;
    }
    typing.never();
    sent = true;
    // At once, should the page go before the last words are sealed.
    const last = parse(localStorage.getItem(key));
    if (last) write({ ...last, sent });
    void keep();
  });
}
