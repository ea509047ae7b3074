// How formulas are written, with models that one takes over.
import { element } from '../dom';
import { icon } from '../icons';
import { sayOf } from '../words/say';
import type { Said } from '../words/tables';
import { formula } from './show';
import { ofMaths } from './words';

type Key = keyof typeof ofMaths;
const say = (key: Key, ...values: unknown[]) => sayOf(ofMaths[key] as Said, ...values);

const models: [Key, string][] = [
  ['mathsFraction', '\\frac{3}{4}'],
  ['mathsPower', '5^{2}'],
  ['mathsIndex', 'u_{1}'],
  ['mathsRoot', '\\sqrt{2}'],
  ['mathsTimes', '3 \\times 4'],
  ['mathsDivided', '12 \\div 3'],
  ['mathsLess', 'x \\le 7'],
  ['mathsPi', '\\pi'],
  ['mathsAngle', '\\widehat{ABC}'],
];

/** @param insert takes a formula with its two signs */
export function mathsHelp(insert: (text: string) => void): void {
  document.getElementById('mathsDialog')?.remove();
  const made = element('dialog', { id: 'mathsDialog' });
  made.setAttribute('aria-labelledby', 'mathsTitle');
  const close = element('button', { value: 'close', ariaLabel: say('mathsClose') }, icon('cross'));
  const rows = models.map(([key, tex]) => {
    const take = element('button', { type: 'button', ariaLabel: say('mathsInsert', say(key)) }, icon('plus'));
    take.onclick = () => {
      made.close();
      insert(`$${tex}$`);
    };
    return element(
      'tr',
      {},
      element('td', {}, formula(tex)),
      element('td', {}, say(key), element('br'), element('code', {}, `$${tex}$`)),
      element('td', {}, take),
    );
  });
  made.append(
    element('form', { method: 'dialog' }, element('h2', { id: 'mathsTitle' }, say('mathsTitle')), close),
    element('p', {}, say('mathsHow')),
    element('table', {}, element('tbody', {}, ...rows)),
  );
  made.onclose = () => made.remove();
  document.body.append(made);
  made.showModal();
}
