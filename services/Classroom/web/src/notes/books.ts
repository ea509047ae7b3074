// Which notes one has before one: the class's, or those of a small group. They follow the groups by themselves; a teacher chooses among
// all of them, also when the class is together again.
import { groupNames } from '../desk/groups';
import { $, element } from '../dom';
import type { Room } from '../room';
import { type Book, keyOf } from './post';
import { sayInNotes as say } from './say';

export interface Turns {
  choose(book: Book): void;
  /** They are nobody's here any more. */
  forget(book: Book): void;
  /** What one sees goes to the end of the class's notes, under this title. */
  copy(title: string): void;
}

export function books(room: Room, turns: Turns) {
  const select = element('select', { id: 'notesBook' });
  const label = element('label', { hidden: true }, say('notesWhich'), ' ', select);
  const copy = element('button', { type: 'button', id: 'notesCopy', hidden: true }, say('notesCopy'));
  $('notesTools').before(label, copy);
  let now: Book = null;
  let followed: Book = null;
  let drawn = '';

  const all = (): { book: Book; name: string }[] => {
    const { desk } = room;
    const own =
      desk?.round && desk.myGroup !== null ? [{ book: { round: desk.round, group: desk.myGroup }, name: say('notesOfMine') }] : [];
    const some = (desk?.rounds ?? []).flatMap(({ number, groups }) =>
      groups.map((g, i) => ({
        book: { round: number, group: i },
        name: say(number === desk?.round ? 'notesOfGroup' : 'notesOfGroupBefore', i + 1, names(g)),
      })),
    );
    return [{ book: null, name: say('notesOfClass') }, ...(room.isPupil ? own : some.reverse())];
  };
  // Who has left is named no more; that it was somebody is.
  const names = (group: string[]) => groupNames(room, group) || '…';

  select.onchange = () => turns.choose(all().find(({ book }) => keyOf(book) === select.value)?.book ?? null);
  copy.onclick = () => {
    const groups = room.desk?.rounds.find(({ number }) => number === now?.round)?.groups;
    if (now) turns.copy(say('notesTitle', now.group + 1, names(groups?.[now.group] ?? [])));
  };

  function draw() {
    const books = all();
    const key = JSON.stringify(books);
    // Nobody's open list is drawn anew under their hand.
    if (key !== drawn) select.replaceChildren(...books.map(({ book, name }) => element('option', { value: keyOf(book) }, name)));
    drawn = key;
    select.value = keyOf(now);
    label.hidden = books.length < 2;
    copy.hidden = !room.isTeacher || !now;
  }

  return {
    isOpen: (book: Book) => !book || book.round === room.desk?.round,

    chosen(book: Book) {
      now = book;
      draw();
    },

    /** Into the notes of one's group, or of the one that is visited, and back with the class. */
    follow() {
      const { desk, isPupil } = room;
      const group = isPupil ? desk?.myGroup : desk?.visiting;
      const book: Book = desk?.round && group !== null && group !== undefined ? { round: desk.round, group } : null;
      draw();
      if (keyOf(book) === keyOf(followed)) return;
      const before = followed;
      followed = book;
      turns.choose(book);
      if (isPupil && before) turns.forget(before);
    },
  };
}
