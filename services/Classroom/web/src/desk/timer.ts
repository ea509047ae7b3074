// The timer that a teacher starts and everybody sees.
import { $, field, press } from '../dom';
import type { Room } from '../room';
import { tellKey } from '../status';
import { ring } from './bell';
import { clock } from './rules';

/** How long nothing is left of it to see once its time is up, in seconds. */
const shownAfter = 60;

export function timer(room: Room): void {
  press('startTimer').onclick = () => room.ask('SetTimer', Math.round(60 * Number(field('timerMinutes').value)));
  press('stopTimer').onclick = () => room.ask('SetTimer', 0);
  setInterval(() => {
    const endsAt = room.desk?.timerEndsAt;
    const left = endsAt ? Math.ceil((Date.parse(endsAt) - room.now) / 1000) : null;
    $('timer').hidden = left === null || left < -shownAfter;
    if (left === null) return;
    $('timer').textContent = clock(left);
    if (left !== 0) return;
    tellKey('timeUp');
    ring();
  }, 1000);
}
