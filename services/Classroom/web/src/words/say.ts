// Every sentence of the page is said here, in the language of who reads it.
import { bar } from './bar';
import { board } from './board';
import type { check } from './check';
import { inClass } from './class';
import { devices } from './devices';
import { door } from './door';
import { filled, spaced } from './french';
import { inGroups } from './groups';
import { tools } from './tools';

export const words = { ...door, ...tools, ...inClass, ...bar, ...board, ...devices, ...inGroups };

export type Key = keyof typeof words | keyof typeof check;

const known: Partial<Record<Key, Said>> = { ...words };

/** What another page than the class says. */
export const learn = (more: Partial<Record<Key, Said>>) => Object.assign(known, more);

export const language = (new URLSearchParams(location.search).get('lang') ?? navigator.language ?? 'fr').startsWith('en') ? 'en' : 'fr';

let child = false;

/** A young pupil is spoken to as one speaks to a child; English says "you" to everybody. */
export function speakToChild(on: boolean): void {
  if (child === on) return;
  child = on;
  sayAll();
}

export type Said = readonly [french: string, english: string, toChild?: string];

export const say = (key: Key, ...values: unknown[]): string => sayOf(known[key] as Said, ...values);

/** A sentence of what is loaded when it is wanted, which brings its own. */
export function sayOf([french, english, toChild]: Said, ...values: unknown[]): string {
  return filled(language === 'en' ? english : spaced((child && toChild) || french), values);
}

export function sayAll(root: ParentNode = document): void {
  document.documentElement.lang = language;
  for (const e of root.querySelectorAll<HTMLElement>('[data-say]')) e.textContent = say(e.dataset.say as Key);
  for (const e of root.querySelectorAll<HTMLElement>('[data-label]')) e.setAttribute('aria-label', say(e.dataset.label as Key));
}
