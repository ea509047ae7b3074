// Shared notes: what was typed since the last answer is sent as one edit; what others typed meanwhile is put under it by the same
// rule as on the server (Splice.After).
import type { Room } from '../room';

interface Splice {
  at: number;
  remove: number;
  insert: string;
}

export function difference(before: string, after: string): Splice {
  let start = 0;
  const shortest = Math.min(before.length, after.length);
  while (start < shortest && before[start] === after[start]) start++;
  let end = 0;
  while (end < shortest - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) };
}

export const apply = (text: string, s: Splice): string => text.slice(0, s.at) + s.insert + text.slice(s.at + s.remove);

export function after(mine: Splice, earlier: Splice): Splice {
  const end = mine.at + mine.remove,
    earlierEnd = earlier.at + earlier.remove;
  if (end <= earlier.at && !(mine.remove === 0 && mine.at === earlier.at)) return mine;
  if (mine.at >= earlierEnd) return { ...mine, at: mine.at + earlier.insert.length - earlier.remove };
  const common = Math.min(end, earlierEnd) - Math.max(mine.at, earlier.at);
  if (mine.at < earlier.at && end > earlierEnd)
    return { at: mine.at, remove: mine.remove - common + earlier.insert.length, insert: mine.insert + earlier.insert };
  return mine.at < earlier.at
    ? { at: mine.at, remove: mine.remove - common, insert: mine.insert }
    : { at: earlier.at + earlier.insert.length, remove: mine.remove - common, insert: mine.insert };
}

export class Notes {
  #area: HTMLTextAreaElement;
  #room: Room;
  #agreed = '';
  #version = 0;
  #sending = false;
  #held: { text: string; version: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(area: HTMLTextAreaElement, room: Room) {
    this.#area = area;
    this.#room = room;
    area.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flush(), 400);
    });
  }

  /** The server's text. While an edit of ours is under way it waits for the answer. */
  take(text: string, version: number): void {
    if (this.#sending) {
      this.#held = { text, version };
      return;
    }
    if (version < this.#version) return;
    const mine = difference(this.#agreed, this.#area.value);
    const theirs = difference(this.#agreed, text);
    const typed = mine.remove > 0 || mine.insert.length > 0;
    const moved = typed ? after(mine, theirs) : null;
    const caret = after({ at: this.#area.selectionStart, remove: 0, insert: '' }, theirs).at;
    const value = moved ? apply(text, moved) : text;
    if (value !== this.#area.value) {
      this.#area.value = value;
      if (document.activeElement === this.#area) this.#area.setSelectionRange(caret, caret);
    }
    this.#agreed = text;
    this.#version = version;
    if (typed) this.#timer = setTimeout(() => this.#flush(), 400);
  }

  async #flush(): Promise<void> {
    if (this.#sending) return;
    const text = this.#area.value;
    const edit = difference(this.#agreed, text);
    if (edit.remove === 0 && edit.insert.length === 0) return;
    this.#sending = true;
    // Offline, the edit stays in the field and is sent after the welcome.
    const sent = (await this.#room.call('EditNotes', this.#version, edit)).ok;
    this.#sending = false;
    if (sent) {
      this.#agreed = text;
      this.#version++;
    }
    const held = this.#held;
    this.#held = null;
    if (held) this.take(held.text, held.version);
    if (this.#area.value !== this.#agreed && sent) this.#flush();
  }
}
