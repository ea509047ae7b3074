// The few words in which our scripts speak to the page.

type Value = string | number | boolean | null | undefined;
export type Child = Node | string | null;

export const every = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T[] => [
  ...within.querySelectorAll<T>(selector),
];

/** The element that the page promises to have. */
export function one<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** An element with its attributes (true: present without a value; false, null: absent) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A list of sentences, or nothing where there are none. */
export const bullets = (texts: string[]): Child => (texts.length > 0 ? el('ul', {}, ...texts.map((text) => el('li', {}, text))) : null);

export const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

/** Runs once, when nothing has called for so long. */
export function afterAPause(milliseconds: number, run: () => void): { soon(): void; never(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = () => clearTimeout(timer);
  return {
    never,
    soon() {
      never();
      timer = setTimeout(run, milliseconds);
    },
  };
}
