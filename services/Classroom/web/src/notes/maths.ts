// Formulas in the notes: what is written between two dollar signs becomes one sign of the text, for all. A click makes it text again.

import Embed from 'quill/blots/embed';
import Quill, { Delta } from 'quill/core';
import { element } from '../dom';
import { parts } from '../maths/parts';

const load = () => import('../maths/show');

export class MathsBlot extends Embed {
  static override blotName = 'maths';
  static override tagName = 'SPAN';
  static override className = 'formula';

  /** Written by anybody: whatever it is, it is shown as a formula or as text. */
  static override create(value: unknown): HTMLElement {
    // biome-ignore lint/complexity/noThisInStatic: the tag that it makes is that of this class.
    const node = super.create(value) as HTMLElement;
    const tex = String(value).slice(0, 400);
    node.dataset.tex = tex;
    const shown = element('span', {}, `$${tex}$`);
    node.append(shown);
    load().then(
      ({ formula }) => shown.replaceChildren(formula(tex)),
      () => {},
    );
    return node;
  }

  static override value(node: HTMLElement): string {
    return node.dataset.tex ?? '';
  }

  /** In what is downloaded: as it was written. */
  html(): string {
    const text = `$${MathsBlot.value(this.domNode as HTMLElement)}$`;
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  }
}

export function mathsIn(quill: Quill): void {
  quill.on('text-change', (delta: Delta, _: Delta, source: string) => {
    const typed = delta.ops.some((o) => typeof o.insert === 'string' && /[$\n]/.test(o.insert));
    // Not within the change itself, which others are still being told of.
    if (source === 'user' && typed) setTimeout(() => convert(quill));
  });
  quill.root.addEventListener('blur', () => convert(quill));
  quill.root.addEventListener('click', (e) => {
    const node = (e.target as Element).closest<HTMLElement>('.formula');
    const blot = node && quill.isEnabled() ? Quill.find(node) : null;
    if (!(blot instanceof MathsBlot)) return;
    const [at, text] = [quill.getIndex(blot), `$${MathsBlot.value(blot.domNode as HTMLElement)}$`];
    quill.updateContents(new Delta().retain(at).delete(1).insert(text), 'api');
    quill.setSelection(at + text.length - 1, 0);
  });
}

function convert(quill: Quill): void {
  // An embed is one sign of the text.
  const text = quill
    .getContents()
    .ops.map((o) => (typeof o.insert === 'string' ? o.insert : '\uFFFC'))
    .join('');
  let [at, change, last] = [0, new Delta(), 0];
  for (const part of parts(text)) {
    const length = part.text.length + (part.maths ? 2 : 0);
    if (part.maths && !part.text.includes('\uFFFC')) {
      change = change
        .retain(at - last)
        .delete(length)
        .insert({ maths: part.text });
      last = at + length;
    }
    at += length;
  }
  if (change.length() > 0 && last > 0) quill.updateContents(change, 'user');
}
