// Quitting asks; a teacher may end the class for everybody instead.
import { $, ask, press } from '../dom';
import type { Room } from '../room';
import { tellKey } from '../status';
import { say } from '../words/say';

export function leaving(room: Room, leave: () => void): void {
  async function endForAll() {
    const reply = await room.call('End');
    if (!reply.ok) tellKey('endFailed');
  }

  press('leave').onclick = () => {
    $('leaveText').textContent = say(room.isTeacher ? 'leaveTeacher' : 'leavePupil');
    $('endAll').hidden = !room.isTeacher;
    ask('leaveDialog', (answer) => {
      if (answer === 'leave') leave();
      if (answer === 'end') endForAll();
    });
  };
}
