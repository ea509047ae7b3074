// What the timetable says of this class: its title, and the minutes that are left of it.
import type { Info } from '../contract';
import { $ } from '../dom';
import type { Room } from '../room';
import { announce } from '../status';
import { language, say } from '../words/say';
import { minutesLeft } from './rules';

export function hours(room: Room): void {
  let told = false;
  room.on('hours', (info) => {
    drawTitle(info);
    draw();
  });
  setInterval(draw, 1000);

  function draw() {
    const { info } = room;
    if (!info) return;
    const left = minutesLeft(info.endsAt, room.now);
    $('hour').hidden = left === null;
    if (left === null) return;
    const text = left > 0 ? say('endsIn', left) : say('closesAt', time(info.closesAt, info));
    $('hour').textContent = text;
    if (told) return;
    told = true;
    announce(text);
  }
}

function drawTitle(info: Info): void {
  const subject = language === 'en' ? info.subjectEn : info.subject;
  document.title = $('title').textContent = [subject, info.levels.join(', ')].filter(Boolean).join(' · ');
  if (info.isRehearsal) $('subtitle').textContent = say('rehearsalKept');
  else $('subtitle').textContent = `${info.teacherFirstName} · ${time(info.startsAt, info)} – ${time(info.endsAt, info)}`;
}

const time = (at: string, { timeZone }: Info) =>
  new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
