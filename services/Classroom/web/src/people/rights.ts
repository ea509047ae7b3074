// Who leads the class: its teacher, or an adult to whom the teacher gives that. The page becomes a teacher's, and is one no longer.
import type { Room } from '../room';
import { tellKey } from '../status';

export function rights(room: Room): void {
  let before: boolean | null = null;
  room.on('roster', () => {
    const now = room.isTeacher;
    document.body.classList.toggle('isTeacher', now);
    if (before === now) return;
    const changed = before !== null || (now && room.role !== 'teacher');
    before = now;
    if (!changed) return;
    tellKey(now ? 'rightsMine' : 'rightsGone');
    // What is drawn by what one may do is drawn anew.
    if (room.desk) room.takeDesk(room.desk);
  });
}
