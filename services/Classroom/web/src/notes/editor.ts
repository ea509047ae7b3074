// The editor of the shared notes: Quill without its own toolbar, on a text that all pages share.
import Quill from 'quill/core';
import Bold from 'quill/formats/bold';
import Header from 'quill/formats/header';
import List from 'quill/formats/list';
import { QuillBinding } from 'y-quill';
import * as Y from 'yjs';
import 'quill/dist/quill.core.css';
import './notes.css';
import { $ } from '../dom';
import type { Room } from '../room';
import { tellKey } from '../status';
import { say } from '../words/say';
import { Carets } from './carets';
import { Exchange } from './exchange';
import { bytes } from './letters';
import { post } from './post';
import { type Acts, toolbar } from './toolbar';

Quill.register({ 'formats/bold': Bold, 'formats/header': Header, 'formats/list': List }, true);

/** The Tab key goes on to the next control, as everywhere on the page: nobody is caught in here. */
const free = { tab: null, indent: null, outdent: null, 'outdent backspace': null, 'remove tab': null };

interface Shared {
  exchange: Exchange;
  text: Y.Text;
  binding: QuillBinding;
  undo: Y.UndoManager;
}

/** @param told the text as it is now, without its looks */
export function editNotes(room: Room, told: (text: string) => void): void {
  const quill = new Quill($('notes'), {
    formats: ['bold', 'header', 'list'],
    modules: { history: { maxStack: 0 }, keyboard: { bindings: free } },
  });
  const { root } = quill;
  for (const [name, value] of Object.entries({ role: 'textbox', 'aria-multiline': 'true', 'aria-label': say('notesLabel') }))
    root.setAttribute(name, value);
  root.spellcheck = true;

  let carets: Carets | null = null;
  let shared = share();
  carets = new Carets(room, quill, () => shared.text);
  const acts: Acts = {
    undo: () => shared.undo.undo(),
    redo: () => shared.undo.redo(),
  };
  toolbar(room, quill, acts);

  // Undone word by word, and not all that was typed without a pause.
  root.addEventListener('beforeinput', (e) => {
    if (/^\s/.test(e.data ?? '') || /Paste|Drop|Cut/.test(e.inputType)) shared.undo.stopCapturing();
  });

  room.hub.on('noted', ({ seq, update }) => shared.exchange.take(seq, bytes(update)));
  room.hub.on('notedUpTo', ({ seq }) => shared.exchange.heardOf(seq));
  room.on('inside', () => shared.exchange.catchUp());
  room.on('desk', allow);
  allow();

  function share(): Shared {
    const doc = new Y.Doc();
    const text = doc.getText('notes');
    const binding = new QuillBinding(text, quill);
    const undo = new Y.UndoManager(text, { trackedOrigins: new Set([binding]), captureTimeout: 800 });
    const exchange = new Exchange(doc, post(room), () => room.isTeacher);
    exchange.on('changed', () => {
      told(text.toString());
      carets?.draw();
    });
    exchange.on('refused', refused);
    exchange.catchUp();
    return { exchange, text, binding, undo };
  }

  /** What was typed here is in nobody else's notes: it is taken away here too, and the page says why. */
  function refused(code: string) {
    tellKey(code === 'notes-full' ? 'notesFull' : code === 'not-permitted' ? 'notPermitted' : 'notesTooMuch');
    shared.binding.destroy();
    shared.undo.destroy();
    shared.exchange.end();
    shared = share();
  }

  function allow() {
    const may = room.limits?.notes !== false;
    quill.enable(may);
    root.setAttribute('aria-readonly', String(!may));
    $('notesTools').hidden = !may;
  }
}
