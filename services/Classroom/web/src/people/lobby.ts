// Who waits at the door, for the teacher: seen before a class, counted later on.
import { $ } from '../dom';
import type { Panels } from '../panels';
import type { Room } from '../room';

/** Before a class a teacher sees who is there and who waits; later on who waits is counted where it is seen. */
export function lobby(room: Room, panels: Panels): void {
  let shown = false;
  room.on('roster', (before) => {
    const { roster, isTeacher } = room;
    if (!isTeacher) return;
    if (!roster.begun && !shown && matchMedia('(min-width: 76.01rem)').matches) {
      shown = true;
      panels.open('people', false);
    }
    if (roster.begun && !before.begun && shown && panels.isOpen('people')) {
      panels.close();
      $('stage').focus();
    }
    panels.count('people', roster.people.filter((p) => !p.admitted).length);
  });
}
