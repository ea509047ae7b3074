// Where the others are in the notes: a line with a name, which moves along with the text around it.
import type Quill from 'quill/core';
import * as Y from 'yjs';
import { $, element } from '../dom';
import type { Room } from '../room';
import { type Book, keyOf, point } from './post';

const pause = 300;
const colours = 5;

export class Carets {
  #room: Room;
  #quill: Quill;
  #text: () => Y.Text;
  #book: () => Book;
  #places = new Map<string, { book: string; at: string }>();
  #told: { book: Book; at: string } | null = null;
  #waiting = false;

  constructor(room: Room, quill: Quill, text: () => Y.Text, book: () => Book) {
    this.#room = room;
    this.#quill = quill;
    this.#text = text;
    this.#book = book;
    const take = (who: string, book: string, at: string | null) => {
      if (at) this.#places.set(who, { book, at });
      else if (this.#places.get(who)?.book === book) this.#places.delete(who);
      this.draw();
    };
    room.hub.on('pointed', ({ who, at }) => take(who, '', at));
    room.hub.on('groupPointed', ({ who, at, ...group }) => take(who, keyOf(group), at));
    room.on('people', () => this.draw());
    quill.on('editor-change', () => this.#tellSoon());
    quill.root.addEventListener('scroll', () => this.draw());
    addEventListener('resize', () => this.draw());
  }

  draw(): void {
    const here = new Set(this.#room.inside.map((p) => p.id));
    for (const id of this.#places.keys()) if (!here.has(id)) this.#places.delete(id);
    const book = keyOf(this.#book());
    const places = [...this.#places].filter(([, place]) => place.book === book);
    $('carets').replaceChildren(...places.map(([id, { at }]) => this.#mark(id, at)).filter((mark) => mark !== null));
  }

  #mark(id: string, at: string): HTMLElement | null {
    const index = this.#indexOf(at);
    const box = index === null ? null : this.#quill.getBounds(Math.min(index, this.#quill.getLength() - 1));
    if (!box) return null;
    const order = this.#room.roster.people.findIndex((p) => p.id === id);
    const mark = element('span', { className: `caret caret${order % colours}` }, element('span', {}, this.#room.nameOf(id)));
    mark.style.left = `${box.left}px`;
    mark.style.top = `${box.top}px`;
    mark.style.height = `${box.height}px`;
    return mark;
  }

  #indexOf(at: string): number | null {
    try {
      const place = Y.createAbsolutePositionFromRelativePosition(
        Y.createRelativePositionFromJSON(JSON.parse(at)),
        this.#text().doc as Y.Doc,
      );
      return place?.type === this.#text() ? place.index : null;
    } catch {
      return null;
    }
  }

  #tellSoon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#tell();
    }, pause);
  }

  #tell(): void {
    if (this.#room.limits?.notes === false) return;
    const selected = this.#quill.hasFocus() ? this.#quill.getSelection() : null;
    const at = selected
      ? JSON.stringify(Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#text(), selected.index)))
      : null;
    const [before, book] = [this.#told, this.#book()];
    const same = before && keyOf(before.book) === keyOf(book);
    if (same ? at === before.at : !before && !at) return;
    this.#told = at ? { book, at } : null;
    // Whoever writes in other notes now is no longer in those before.
    if (before && !same) point(this.#room, before.book, null).catch(() => {});
    if (at || same) point(this.#room, book, at).catch(() => {});
  }
}
