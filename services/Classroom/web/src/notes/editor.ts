// The editor of the shared notes: Quill without its own toolbar, on a text that all pages share.
import Quill, { Delta } from 'quill/core';
import Bold from 'quill/formats/bold';
import Header from 'quill/formats/header';
import List from 'quill/formats/list';
import { QuillBinding } from 'y-quill';
import * as Y from 'yjs';
import 'quill/dist/quill.core.css';
import './notes.css';
import { $ } from '../dom';
import type { Room } from '../room';
import { announce } from '../status';
import { say } from '../words/say';
import { books } from './books';
import { Carets } from './carets';
import { Exchange } from './exchange';
import { bytes } from './letters';
import { MathsBlot, mathsIn } from './maths';
import { type Book, keyOf, post } from './post';
import { sayInNotes } from './say';
import { type Acts, toolbar } from './toolbar';

Quill.register({ 'formats/maths': MathsBlot, 'formats/bold': Bold, 'formats/header': Header, 'formats/list': List }, true);

/** The Tab key goes on to the next control, as everywhere on the page: nobody is caught in here. */
const free = { tab: null, indent: null, outdent: null, 'outdent backspace': null, 'remove tab': null };

/** What is written, whether or not it is before one. */
interface Kept {
  book: Book;
  exchange: Exchange;
  text: Y.Text;
  ready: Promise<void>;
}

interface Shared extends Kept {
  binding: QuillBinding;
  undo: Y.UndoManager;
}

/** @param told the text as it is now, without its looks */
export function editNotes(room: Room, told: (text: string) => void): void {
  const quill = new Quill($('notes'), {
    formats: ['bold', 'header', 'list', 'maths'],
    modules: { history: { maxStack: 0 }, keyboard: { bindings: free } },
  });
  const { root } = quill;
  for (const [name, value] of Object.entries({ role: 'textbox', 'aria-multiline': 'true', 'aria-label': sayInNotes('notesLabel') }))
    root.setAttribute(name, value);
  root.spellcheck = true;

  let carets: Carets | null = null;
  /** Those that were opened go on behind the ones that one sees: what was typed last is still on its way. */
  const kept = new Map<string, Kept>();
  let shared = show(null);
  carets = new Carets(
    room,
    quill,
    () => shared.text,
    () => shared.book,
  );
  const acts: Acts = {
    undo: () => shared.undo.undo(),
    redo: () => shared.undo.redo(),
  };
  toolbar(room, quill, acts);
  mathsIn(quill);

  // Undone word by word, and not all that was typed without a pause.
  root.addEventListener('beforeinput', (e) => {
    if (/^\s/.test(e.data ?? '') || /Paste|Drop|Cut/.test(e.inputType)) shared.undo.stopCapturing();
  });

  room.hub.on('noted', ({ seq, update }) => kept.get('')?.exchange.take(seq, bytes(update)));
  room.hub.on('notedUpTo', ({ seq }) => kept.get('')?.exchange.heardOf(seq));
  room.hub.on('groupNoted', ({ seq, update, ...group }) => kept.get(keyOf(group))?.exchange.take(seq, bytes(update)));
  room.on('inside', () => {
    for (const { exchange } of kept.values()) exchange.catchUp();
  });
  const choice = books(room, {
    choose: turn,
    forget,
    copy: async (title) => {
      const what = quill.getContents();
      turn(null);
      await shared.ready;
      const end = quill.getLength();
      const heading = new Delta().insert('\n').insert(title).insert('\n', { header: 2 });
      quill.updateContents(
        new Delta()
          .retain(Math.max(0, end - 1))
          .concat(heading)
          .concat(what),
        'user',
      );
    },
  });
  choice.follow();
  room.on('desk', () => {
    choice.follow();
    allow();
  });
  allow();

  function keep(book: Book): Kept {
    const doc = new Y.Doc();
    const text = doc.getText('notes');
    const exchange = new Exchange(doc, post(room, book), () => room.isTeacher);
    exchange.on('changed', () => {
      if (shared?.exchange !== exchange) return;
      told(text.toString());
      carets?.draw();
    });
    exchange.on('refused', (code) => refused(book, code));
    const made = { book, exchange, text, ready: exchange.catchUp() };
    kept.set(keyOf(book), made);
    return made;
  }

  function show(book: Book): Shared {
    const one = kept.get(keyOf(book)) ?? keep(book);
    const binding = new QuillBinding(one.text, quill);
    const undo = new Y.UndoManager(one.text, { trackedOrigins: new Set([binding]), captureTimeout: 800 });
    return { ...one, binding, undo };
  }

  function turn(book: Book) {
    if (keyOf(book) === keyOf(shared.book) && kept.has(keyOf(book))) return;
    shared.binding.destroy();
    shared.undo.destroy();
    // What the notes before said is theirs.
    quill.setContents([], 'silent');
    shared = show(book);
    told(shared.text.toString());
    carets?.draw();
    choice.chosen(book);
    allow();
  }

  function forget(book: Book) {
    kept.get(keyOf(book))?.exchange.end();
    kept.delete(keyOf(book));
  }

  /** What was typed here is in nobody else's notes: it is taken away here too, and the page says why. */
  function refused(book: Book, code: string) {
    announce(code === 'notes-full' ? say('notesFull') : code === 'not-permitted' ? say('notPermitted') : sayInNotes('notesTooMuch'));
    forget(book);
    if (keyOf(book) === keyOf(shared.book)) turn(book);
  }

  function allow() {
    const may = room.limits?.notes !== false && choice.isOpen(shared.book);
    quill.enable(may);
    root.setAttribute('aria-readonly', String(!may));
    $('notesTools').hidden = !may;
  }
}
