// Telling the coordinators of somebody: a short form behind a button of the bar. Nobody in the class sees that it was sent.
import { $, dialog, field, press } from '../dom';
import type { Room } from '../room';
import { say } from '../words/say';

export function report(room: Room): void {
  const text = $<HTMLTextAreaElement>('reportText');
  const whom = $<HTMLSelectElement>('reportWhom');

  press('report').onclick = () => {
    const others = room.roster.people.filter((p) => p.id !== room.me);
    whom.replaceChildren(new Option(say('reportNobody'), ''), ...others.map((p) => new Option(p.name, p.id)));
    text.value = $('reportFault').textContent = '';
    dialog('reportDialog').showModal();
  };

  field('reportSend').onclick = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) {
      $('reportFault').textContent = say('reportEmpty');
      text.focus();
      return;
    }
    const reply = await room.call('Report', whom.value || null, text.value.trim());
    if (reply.ok) dialog('reportDialog').close();
    else $('reportFault').textContent = say(why(reply.code));
  };
}

function why(code?: string | null) {
  if (code === 'rehearsal') return 'rehearsalKept';
  return code === 'too-many-reports' ? 'reportTooMany' : 'reportFailed';
}
