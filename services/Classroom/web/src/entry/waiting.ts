// Between the door and the class: who waits is told for whom, and who is let in is taken there.
import { $ } from '../dom';
import type { Room } from '../room';
import { announce } from '../status';
import { say } from '../words/say';
import { isShown, show } from './out';

/** @param unheard what was received of the class is not any more. */
export function waiting(room: Room, unheard: () => void): void {
  room.on('welcome', ({ name }) => {
    $('waitingTitle').textContent = say('waitingTitle', name);
  });

  room.on('roster', (before) => {
    const { roster } = room;
    const known = new Set(before.people.map((p) => p.id));
    if (room.isTeacher) for (const p of roster.people) if (!p.admitted && !known.has(p.id)) announce(say('arrives', p.name));
    if (!roster.admitted) {
      $('waitingText').textContent = say(why(room), room.info?.teacherFirstName);
      // Nobody is seen or heard from outside, and what is theirs comes anew with the class.
      if (before.admitted) unheard();
      return show('waiting');
    }
    if (!isShown('class')) {
      show('class');
      if (!before.admitted && known.size) $('stage').focus();
    }
    room.tell('people', undefined);
  });
}

function why({ roster }: Room) {
  const teacher = roster.people.some((p) => p.role === 'teacher');
  if (roster.paused) return 'waitingPaused';
  if (roster.ended && !teacher) return 'waitingEnded';
  return teacher ? 'waitingHere' : 'waitingTeacher';
}
