// Shared notes, and their last line for who reads what is said.
import { lastLine } from '../desk/rules';
import { $, field } from '../dom';
import type { Room } from '../room';
import { Notes } from './notes';

export function sharedNotes(room: Room): void {
  const area = $<HTMLTextAreaElement>('notes');
  const notes = new Notes(area, room);

  const caption = () => {
    const last = lastLine(room.desk?.notes ?? '');
    $('caption').hidden = !field('captions').checked || !last;
    $('caption').textContent = last;
  };
  room.on('desk', () => {
    const { desk } = room;
    if (desk) notes.take(desk.notes, desk.notesVersion);
    area.readOnly = room.limits?.notes === false;
    caption();
  });
  field('captions').onchange = caption;
}
