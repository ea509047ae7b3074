// Shared notes. The editor is loaded when somebody opens them, or reads along: who comes in waits for none of it.
import { lastLine } from '../desk/rules';
import { $, field } from '../dom';
import type { Panels } from '../panels';
import type { Room } from '../room';
import { say } from '../words/say';

export function sharedNotes(room: Room, panels: Panels): void {
  let opening: Promise<unknown> | null = null;
  let text = '';
  // Whoever has written something while the panel is closed is worth a look.
  let fresh = false;
  const noted = () => {
    if (fresh || panels.isOpen('notes')) return;
    fresh = true;
    panels.somethingNew('notes');
  };
  room.hub.on('noted', noted);
  room.hub.on('groupNoted', noted);

  const caption = () => {
    const last = lastLine(text);
    $('caption').hidden = !field('captions').checked || !last;
    $('caption').textContent = last;
  };

  const open = () => {
    $('notesState').textContent = opening ? $('notesState').textContent : say('notesLoading');
    opening ??= import('./editor').then(
      ({ editNotes }) => {
        editNotes(room, (now) => {
          text = now;
          caption();
        });
        $('notesState').textContent = '';
      },
      () => {
        // Without a network now: the next look at the panel tries again.
        opening = null;
        $('notesState').textContent = say('notesNotLoaded');
      },
    );
  };

  panels.on('chosen', (panel) => {
    if (panel !== 'notes') return;
    fresh = false;
    open();
  });
  field('captions').onchange = () => {
    open();
    caption();
  };
}
