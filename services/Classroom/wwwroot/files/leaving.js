// The end of a class: asked for before it happens, told before the hour, and a page that says how to go on.
import { language, say } from './words.js';

const $ = (id) => document.getElementById(id);
const minute = 60_000;
const warnBefore = 5 * minute;

/** Quitting asks; a teacher may end the class for everybody instead. */
export function askToLeave({ role, leave, end }) {
  const dialog = $('leaveDialog');
  $('leaveText').textContent = say(role === 'teacher' ? 'leaveTeacher' : 'leavePupil');
  $('endAll').hidden = role !== 'teacher';
  dialog.returnValue = '';
  dialog.onclose = () => {
    if (dialog.returnValue === 'leave') leave();
    if (dialog.returnValue === 'end') end();
  };
  dialog.showModal();
}

/** What one may do afterwards: when the next session is, and where to go. */
export function drawAfterwards(info, role) {
  if (!info) return;
  const at = info.nextAt && new Date(info.nextAt);
  const format = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: info.timeZone };
  $('outNext').textContent = at ? say('nextSession', at.toLocaleString(language, format)) : say('lastSession');
  $('outNext').hidden = false;
  const places = {
    teacher: [
      [`/enseignant/stages/${info.stageId}`, 'goReport'],
      ['/enseignant/stages', 'goStages'],
    ],
    pupil: [
      ['/famille/calendrier', 'goTimetable'],
      ['/famille', 'goFamily'],
    ],
  };
  $('outLinks').replaceChildren(
    ...(places[role] ?? []).map(([href, key]) => Object.assign(document.createElement('a'), { href, textContent: say(key) })),
  );
}

/** Minutes that are left, in the class's own time. */
export class Hours {
  #told = false;

  /** @param {(text: string) => void} tell once, five minutes before the end. */
  constructor(tell) {
    this.tell = tell;
    this.timer = setInterval(() => this.draw(), 1000);
  }

  /** @param {number} offset of the server's clock to this one, in milliseconds. */
  begin(info, offset) {
    this.info = info;
    this.offset = offset;
    this.draw();
  }

  draw() {
    if (!this.info) return;
    const now = Date.now() + this.offset;
    const left = Date.parse(this.info.endsAt) - now;
    const place = $('hour');
    place.hidden = left > warnBefore;
    if (place.hidden) return;
    const closes = new Date(this.info.closesAt);
    const time = closes.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', timeZone: this.info.timeZone });
    place.textContent = left > 0 ? say('endsIn', Math.ceil(left / minute)) : say('closesAt', time);
    if (this.#told) return;
    this.#told = true;
    this.tell(place.textContent);
  }
}
