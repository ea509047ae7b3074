// Where the others are in the notes: a line with a name, which moves along with the text around it.
import type Quill from 'quill/core';
import * as Y from 'yjs';
import { $, element } from '../dom';
import type { Room } from '../room';

const pause = 300;
const colours = 5;

export class Carets {
  #room: Room;
  #quill: Quill;
  #text: () => Y.Text;
  #places = new Map<string, string>();
  #told: string | null = null;
  #waiting = false;

  constructor(room: Room, quill: Quill, text: () => Y.Text) {
    this.#room = room;
    this.#quill = quill;
    this.#text = text;
    room.hub.on('pointed', ({ who, at }) => {
      if (at) this.#places.set(who, at);
      else this.#places.delete(who);
      this.draw();
    });
    room.on('people', () => this.draw());
    quill.on('editor-change', () => this.#tellSoon());
    quill.root.addEventListener('scroll', () => this.draw());
    addEventListener('resize', () => this.draw());
  }

  draw(): void {
    const here = new Set(this.#room.inside.map((p) => p.id));
    for (const id of this.#places.keys()) if (!here.has(id)) this.#places.delete(id);
    $('carets').replaceChildren(...[...this.#places].map(([id, at]) => this.#mark(id, at)).filter((mark) => mark !== null));
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
    if (at === this.#told) return;
    this.#told = at;
    this.#room.hub.call('PointInNotes', at).catch(() => {});
  }
}
