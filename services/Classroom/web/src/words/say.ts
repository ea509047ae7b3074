// Every sentence of the page is said here, in the language of who reads it.
import { bar } from './bar';
import type { check } from './check';
import { inClass } from './class';
import { devices } from './devices';
import { door } from './door';
import { filled, spaced } from './french';
import type { later } from './later';
import type { Said } from './tables';
import { tools } from './tools';

/** What is said before a voice is heard; the rest comes with the parts that say it. */
export const first = { ...door, ...tools, ...inClass, ...bar, ...devices };

export type Key = keyof typeof first | keyof typeof later | keyof typeof check;

const words: Record<string, Said> = { ...first };

export function learn(more: Record<string, Said>): void {
  Object.assign(words, more);
  sayAll();
}

export const language = (new URLSearchParams(location.search).get('lang') ?? navigator.language ?? 'fr').startsWith('en') ? 'en' : 'fr';

let child = false;
const toChild: Record<string, Said> = {};

/** A young pupil is spoken to as one speaks to a child; nobody else loads those sentences. Done when they are there, or do not come. */
export async function speakToChild(on: boolean): Promise<void> {
  if (child === on) return;
  child = on;
  sayAll();
  if (on)
    await import('./childFirst').then(
      ({ childFirst }) => learnForChildren(childFirst),
      () => {},
    );
}

export function learnForChildren(more: Record<string, Said>): void {
  Object.assign(toChild, more);
  if (child) sayAll();
}

export const say = (key: Key, ...values: unknown[]): string => sayOf(((child && toChild[key]) || words[key]) as Said, ...values);

/** A sentence of what is loaded when it is wanted, which brings its own. */
export function sayOf([french, english, forChild]: Said, ...values: unknown[]): string {
  return filled(language === 'en' ? english : spaced((child && forChild) || french), values);
}

export function sayAll(root: ParentNode = document): void {
  document.documentElement.lang = language;
  const known = (key: string | undefined): key is Key => !!key && key in words;
  for (const e of root.querySelectorAll<HTMLElement>('[data-say]')) if (known(e.dataset.say)) e.textContent = say(e.dataset.say);
  for (const e of root.querySelectorAll<HTMLElement>('[data-label]'))
    if (known(e.dataset.label)) e.setAttribute('aria-label', say(e.dataset.label));
}
