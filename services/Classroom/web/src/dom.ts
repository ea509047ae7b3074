// The few words in which our scripts speak to the page.
import { type Key, say } from './words/say';

/** The element that the page promises to have. */
export function $<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}

export const field = (id: string) => $<HTMLInputElement>(id);
export const press = (id: string) => $<HTMLButtonElement>(id);
export const dialog = (id: string) => $<HTMLDialogElement>(id);

type Properties<K extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[K], 'role'>> & { role?: string };

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties<K> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const { role, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  if (role) made.setAttribute('role', role);
  made.append(...children);
  return made;
}

/** A button of a list; `who` parts it, for who does not see the list, from those of the other lines. */
export function button(key: Key, act: () => unknown, who = '', value = who): HTMLButtonElement {
  const made = element('button', { type: 'button' }, say(key, value));
  if (who) made.setAttribute('aria-label', `${say(key, value)} – ${who}`);
  made.dataset.key = key;
  made.onclick = act as () => void;
  return made;
}

export const pressed = (button: HTMLElement, on: boolean) => button.setAttribute('aria-pressed', String(on));

/** Asks in a dialog; what was answered is the value of the button. */
export function ask(id: string, answered: (value: string) => void): void {
  const asked = dialog(id);
  asked.onclose = () => answered(asked.returnValue);
  asked.returnValue = '';
  asked.showModal();
}
