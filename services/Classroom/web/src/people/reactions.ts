// "J’ai compris", "Je suis perdu": what one shows without a word. Seen by all on one's tile for a while, counted for the teacher.
import { $, element, press } from '../dom';
import { icon } from '../icons';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { say } from '../words/say';
import { counted, reactionSigns, reactions, reactionWords, type Shown, shownFor } from './react';

export function reacting(room: Room): void {
  const shown = new Map<string, Shown>();
  $('reactions').append(
    ...reactions.map((kind) => {
      const made = element(
        'button',
        { type: 'button', id: `react-${kind}` },
        icon(reactionSigns[kind]),
        element('span', {}, say(reactionWords[kind])),
      );
      made.onclick = () => {
        open(false);
        press('react').focus();
        room.ask('React', kind);
      };
      return made;
    }),
  );

  const open = (on: boolean) => {
    $('reactions').hidden = !on;
    press('react').setAttribute('aria-expanded', String(on));
  };
  press('react').onclick = () => {
    const on = !!$('reactions').hidden;
    open(on);
    if (on) press('react-understood').focus();
  };
  document.addEventListener('pointerdown', (e) => {
    if (!(e.target as Element).closest('#react, #reactions')) open(false);
  });
  $('reactions').onkeydown = (e) => {
    if (e.key !== 'Escape') return;
    open(false);
    press('react').focus();
  };

  room.hub.on('reaction', ({ participantId, kind }) => {
    shown.set(participantId, { kind, until: Date.now() + shownFor(kind) });
    tell();
    setTimeout(tell, shownFor(kind) + 50);
  });
  room.on('desk', (before) => {
    // A new thing to look at: who had finished the one before has not finished this.
    if (!before || (before.view === room.desk?.view && before.eyesCalled === room.desk?.eyesCalled)) return;
    shown.clear();
    tell();
  });
  room.on('people', () => {
    if (!room.isTeacher) return;
    const pupils = room.inside.filter((p) => p.role === 'pupil').map((p) => p.id);
    const lines = counted(room.reactions, pupils).map(([kind, many]) => {
      const line = element('span', { className: `seen ${kind}` }, icon(reactionSigns[kind]));
      line.append(say('reactCount', say(reactionWords[kind]), many, pupils.length));
      line.dataset.key = kind;
      return line;
    });
    redraw($('reactionsSeen'), ...lines);
  });

  function tell() {
    const now = Date.now();
    for (const [id, { until }] of shown) if (until <= now) shown.delete(id);
    room.reactions = new Map([...shown].map(([id, { kind }]) => [id, kind]));
    room.tell('people', undefined);
  }
}
