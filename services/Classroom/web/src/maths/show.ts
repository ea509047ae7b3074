// Formulas as they are read. Loaded, with KaTeX, when there is one.
import katex from 'katex';
import { element } from '../dom';
import './maths.css';
import { options } from './options';
import { longest, parts } from './parts';

/** What cannot be read as a formula stays as it was written. */
export function formula(tex: string): HTMLElement {
  const box = element('span', { className: 'maths' });
  try {
    if (tex.length > longest) throw new RangeError();
    katex.render(tex, box, options);
  } catch {
    box.textContent = `$${tex}$`;
  }
  return box;
}

/** The same words, with formulas where they are written. */
export const withFormulas = (text: string): (HTMLElement | string)[] => parts(text).map((p) => (p.maths ? formula(p.text) : p.text));
