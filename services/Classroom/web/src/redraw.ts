// Lists that change while somebody is in them: what stands in them already stays, with its focus and with a press that has begun.

/**
 * The box as it should be now. A child is the same as before when it has the same data-key, or, without one, when it is the same kind of
 * element in the same place. What it does when it is pressed is what the new one would do.
 */
export function redraw(box: HTMLElement, ...wanted: HTMLElement[]): void {
  const held = box.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const place = held ? pressable(box).indexOf(held) : -1;
  arrange(box, wanted);
  if (!held || document.activeElement === held) return;
  // It was moved, or is gone: whoever works with the keyboard goes on where they were, and not at the top of the page.
  const left = pressable(box);
  if (box.contains(held)) held.focus();
  else left[Math.min(place, left.length - 1)]?.focus();
}

const pressable = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('button:not([disabled])')];

const keyOf = (node: Node) => (node instanceof HTMLElement ? node.dataset.key : undefined);

const same = (a: Node, b: Node) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function arrange(box: Node, wanted: Node[]): void {
  const keys = new Set(wanted.map(keyOf).filter((key) => key !== undefined));
  let at: ChildNode | null = box.firstChild;
  for (const w of wanted) {
    while (at && !same(at, w) && !keys.has(keyOf(at) ?? '')) at = without(at);
    const kept = at && same(at, w) ? at : further(at, w);
    if (kept) become(kept, w);
    if (kept && kept === at) at = at.nextSibling;
    else box.insertBefore(kept ?? w, at);
  }
  while (at) at = without(at);
}

/** The one with this key that comes later in the box. */
function further(at: ChildNode | null, w: Node): ChildNode | null {
  let node = keyOf(w) ? at : null;
  while (node && !same(node, w)) node = node.nextSibling;
  return node;
}

function without(node: ChildNode): ChildNode | null {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function become(node: Node, now: Node): void {
  if (node instanceof Text && now instanceof Text) {
    if (node.data !== now.data) node.data = now.data;
    return;
  }
  if (!(node instanceof HTMLElement && now instanceof HTMLElement)) return;
  for (const name of node.getAttributeNames()) if (!now.hasAttribute(name)) node.removeAttribute(name);
  for (const name of now.getAttributeNames())
    if (name !== 'style' && node.getAttribute(name) !== now.getAttribute(name)) node.setAttribute(name, now.getAttribute(name) ?? '');
  // Through the object: the page's policy forbids a style in an attribute.
  if (node.style.cssText !== now.style.cssText) node.style.cssText = now.style.cssText;
  node.onclick = now.onclick;
  arrange(node, [...now.childNodes]);
}
