import type { KatexOptions } from 'katex';

/**
 * MathML alone, which browsers draw and screen readers read: KaTeX's other output needs styles in attributes, which the page's policy
 * forbids. What others wrote may be anything: nothing is fetched, nothing links, nothing grows without end.
 */
export const options: KatexOptions = {
  output: 'mathml',
  throwOnError: true,
  strict: 'ignore',
  trust: false,
  maxExpand: 100,
  maxSize: 10,
};
