// Keys for whoever works without a mouse, with a list of them ("?"). They can be turned off: who dictates speaks letters.
import { $, element, press } from '../dom';
import { icon, label } from '../icons';
import type { Room } from '../room';
import { type Key, say } from '../words/say';
import { keys, meant, type Pressed } from './keys';

const memory = 'shortcuts';
const words: Record<Pressed, Key> = {
  mic: 'keyMic',
  cam: 'keyCam',
  hand: 'keyHand',
  'tab-chat': 'keyChat',
  'see-board': 'keyBoard',
  fullScreen: 'keyFull',
  shortcuts: 'keyList',
};

const isOn = () => localStorage.getItem(memory) !== 'off';

/** Letters are theirs: a field, a list, an editor; and a dialog is answered first. */
const takesKeys = 'input:not([type="checkbox"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]';

export function shortcuts(room: Room): void {
  const list = element('ul', { className: 'keys' });
  const sheet = dialogOf(list);
  const button = element('button', { type: 'button', id: 'shortcuts' });
  button.setAttribute('aria-haspopup', 'dialog');
  $('extras').append(button);
  label('shortcuts', 'keyboard', say('shortcuts'), say('shortcutsLong'));
  button.onclick = () => {
    list.replaceChildren(...Object.entries(keys).filter(isThere).map(line));
    sheet.showModal();
  };

  const isThere = ([, id]: [string, Pressed]) => !(id === 'hand' && room.isTeacher) && !$(id).hidden;

  document.addEventListener('keydown', (e) => {
    const to = e.target instanceof Element ? e.target : document.body;
    const { key, altKey: alt, ctrlKey: ctrl, metaKey: meta, repeat: repeated } = e;
    const busy = !!to.closest(takesKeys) || !!document.querySelector('dialog[open]');
    const id = meant({ key, alt, ctrl, meta, repeated, busy });
    if (!id || !isOn() || $('class').hidden || !isThere(['', id]) || press(id).disabled) return;
    e.preventDefault();
    press(id).click();
  });
}

function line([key, id]: [string, Pressed]): HTMLElement {
  return element('li', {}, element('kbd', {}, key.toUpperCase()), ' ', say(words[id]));
}

function dialogOf(list: HTMLElement): HTMLDialogElement {
  const close = element('button', { value: 'close', ariaLabel: say('closePanel') }, icon('cross'));
  const title = element('h2', { id: 'shortcutsTitle' }, say('shortcutsLong'));
  const box = element('input', { type: 'checkbox', id: 'shortcutsOn', checked: isOn() });
  box.onchange = () => localStorage.setItem(memory, box.checked ? 'on' : 'off');
  const head = element('form', { method: 'dialog', className: 'row head' }, title, close);
  const sheet = element(
    'dialog',
    { id: 'shortcutsDialog' },
    head,
    list,
    element('label', { className: 'switch' }, box, element('span', {}, say('shortcutsOn'))),
  );
  sheet.setAttribute('aria-labelledby', title.id);
  document.body.append(sheet);
  return sheet;
}
