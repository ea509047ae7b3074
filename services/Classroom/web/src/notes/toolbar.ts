// What one may do with the notes, in words; the keys that everybody knows do the same.
import type Quill from 'quill/core';
import { $, element, pressed } from '../dom';
import type { Room } from '../room';
import { type Key, say } from '../words/say';
import { sayInNotes } from './say';
import type { ofBooks } from './words';

export interface Acts {
  undo(): void;
  redo(): void;
}

type Format = 'bold' | 'header' | 'list';

/** Each of these is on or off where the cursor is. */
const looks: [keyof typeof ofBooks, Format, unknown][] = [
  ['notesBold', 'bold', true],
  ['notesHeading', 'header', 2],
  ['notesList', 'list', 'bullet'],
  ['notesTicks', 'list', 'unchecked'],
];

export function toolbar(room: Room, quill: Quill, acts: Acts): void {
  const buttons = looks.map(([key, format, value]) => {
    const made = element('button', { type: 'button' }, sayInNotes(key));
    const isOn = () => same(quill.getFormat(quill.getSelection() ?? { index: 0, length: 0 })[format], value);
    made.onclick = () => {
      quill.focus();
      quill.format(format, isOn() ? false : value, 'user');
      draw();
    };
    return { made, isOn };
  });
  const act = (key: Key, run: () => void) => element('button', { type: 'button', onclick: run }, say(key));
  $('notesTools').replaceChildren(
    ...buttons.map((b) => b.made),
    act('undo', acts.undo),
    act('redo', acts.redo),
    mathsButton(quill),
    element('button', { type: 'button', onclick: () => download(room, quill) }, sayInNotes('notesDownload')),
  );

  function draw() {
    // Asked of the selection alone where there is one: to ask must not take the focus.
    const selected = quill.hasFocus();
    for (const { made, isOn } of buttons) pressed(made, selected && isOn());
  }
  quill.on('editor-change', draw);
  draw();

  // Before Quill, whose own history knows nothing of what others wrote.
  $('notes').addEventListener(
    'keydown',
    (e) => {
      if (!(e.ctrlKey || e.metaKey) || e.altKey) return;
      const key = e.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      e.preventDefault();
      e.stopPropagation();
      if (key === 'y' || e.shiftKey) acts.redo();
      else acts.undo();
    },
    { capture: true },
  );
}

function mathsButton(quill: Quill): HTMLButtonElement {
  const made = element('button', { type: 'button', ariaLabel: say('mathsHelp') }, '∑');
  made.onclick = async () => {
    const at = quill.getSelection()?.index ?? quill.getLength() - 1;
    const { mathsHelp } = await import('../maths/help');
    mathsHelp((text) => {
      quill.focus();
      quill.insertText(at, text, 'user');
    });
  };
  return made;
}

/** A box that is ticked is a box all the same. */
const same = (now: unknown, wanted: unknown) => now === wanted || (wanted === 'unchecked' && now === 'checked');

/** As a page that every word processor opens. */
function download(room: Room, quill: Quill): void {
  const title = document.title.replace(/[&<>]/g, '');
  const page = `<!doctype html><meta charset="utf-8"><title>${title}</title>\n${quill.getSemanticHTML()}\n`;
  const day = new Date(room.now).toISOString().slice(0, 10);
  const href = URL.createObjectURL(new Blob([page], { type: 'text/html' }));
  element('a', { href, download: `notes-${day}.html` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
