// Every sentence of the page is said here, in the language of who reads it.
import { bar } from './bar';
import { inClass } from './class';
import { door } from './door';
import { filled, spaced } from './french';
import { tools } from './tools';

export const words = { ...door, ...tools, ...inClass, ...bar };

export type Key = keyof typeof words;

export const language = (new URLSearchParams(location.search).get('lang') ?? navigator.language ?? 'fr').startsWith('en') ? 'en' : 'fr';

export function say(key: Key, ...values: unknown[]): string {
  const [french, english] = words[key];
  return filled(language === 'en' ? english : spaced(french), values);
}

export function sayAll(root: ParentNode = document): void {
  document.documentElement.lang = language;
  for (const e of root.querySelectorAll<HTMLElement>('[data-say]')) e.textContent = say(e.dataset.say as Key);
  for (const e of root.querySelectorAll<HTMLElement>('[data-label]')) e.setAttribute('aria-label', say(e.dataset.label as Key));
}
