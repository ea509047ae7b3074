// "Plus": what is not wanted every minute. On a telephone all but five buttons; on a desk what has no place in the bar.
import { $, element, press } from '../dom';
import { label } from '../icons';
import { badge, type Panels } from '../panels';
import { say } from '../words/say';

export function more(panels: Panels): void {
  const button = press('more');
  label('more', 'dots', say('more'));
  button.append(element('span', { className: 'badge', hidden: true }));
  panels.on('news', (many) => badge(button, many));

  const open = (on: boolean) => {
    $('bar').classList.toggle('open', on);
    button.setAttribute('aria-expanded', String(on));
  };
  button.onclick = () => open(!$('bar').classList.contains('open'));
  // What was chosen there is what one wanted: it is folded away, and so by a tap elsewhere.
  $('sheetOfMore').addEventListener('click', (e) => {
    if ((e.target as Element).closest('button')) open(false);
  });
  document.addEventListener('pointerdown', (e) => {
    if (!$('bar').contains(e.target as Node)) open(false);
  });
  $('bar').addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || !$('bar').classList.contains('open')) return;
    open(false);
    button.focus();
  });
}
