import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { options } from './options';
import { parts } from './parts';

const maths = (text: string) => parts(text).flatMap((p) => (p.maths ? [p.text] : []));

describe('formulas', () => {
  it('stand between two signs', () => {
    expect(parts('On a $\\frac12$, puis $x^2$.')).toEqual([
      { maths: false, text: 'On a ' },
      { maths: true, text: '\\frac12' },
      { maths: false, text: ', puis ' },
      { maths: true, text: 'x^2' },
      { maths: false, text: '.' },
    ]);
    expect(maths('$x$')).toEqual(['x']);
  });

  it('are no prices, and no signs without a second one', () => {
    for (const text of ['', '5 $ et 6 $', '$ x $', 'il coûte 5$', '$$', '$5 et $6', 'a $x\ny$ b', `$${'x'.repeat(301)}$`])
      expect([text, maths(text)]).toEqual([text, []]);
  });

  it('lose nothing of what was written', () => {
    for (const text of ['a $b$ c', '$a$$b$', '$$a$$', '$a$5 $b$', `${'$x$ '.repeat(50)}`])
      expect(
        parts(text)
          .map((p) => (p.maths ? `$${p.text}$` : p.text))
          .join(''),
      ).toBe(text);
    expect(maths('$x$ '.repeat(200)).length).toBeLessThanOrEqual(21);
  });

  it('are MathML alone: no style, no link, no address, whatever is asked for', () => {
    const asked = [
      '\\frac{1}{2}',
      '\\sqrt[3]{x}',
      '\\href{javascript:alert(1)}{x}',
      '\\url{https://example.org}',
      '\\includegraphics{https://example.org/a.png}',
      '\\htmlStyle{color:red}{x}',
      '\\htmlClass{banner}{x}',
      '\\htmlId{mic}{x}',
      '\\htmlData{a=b}{x}',
      '\\text{<img src=x onerror=alert(1)>}',
      '\\color{red}x',
      '\\colorbox{red}{x}',
      '\\rule{1000em}{1000em}',
      '\\begin{array}{|c|c|}\\hline a&b\\end{array}',
      '\\cancel{x}\\overbrace{x}^{y}\\boxed{z}',
    ];
    for (const tex of asked) {
      const made = katex.renderToString(tex, options).replace(/<annotation.*<\/annotation>/, '');
      const tags = (made.match(/<[^>]*>/g) ?? []).join('');
      expect([tex, /\s(style|href|src|id|on\w+|data-\w+)=|<(a|img|script|iframe)\b|banner/.exec(tags)]).toEqual([tex, null]);
    }
  });

  it('do not grow without end', () => {
    for (const tex of ['\\def\\a{\\a\\a}\\a', '\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}}'])
      try {
        expect(katex.renderToString(tex, options).length).toBeLessThan(100_000);
      } catch (e) {
        expect((e as Error).message).toContain('expansions');
      }
    expect(katex.renderToString('\\kern1000em x', options)).toContain('width="10em"');
  });
});
