// "Ma classe": what pupils may, and what a teacher does at once, on one sheet.
import { $, dialog, element, press } from '../dom';
import { icon, type Shape } from '../icons';
import type { Panels } from '../panels';
import type { Room } from '../room';
import { announce } from '../status';
import { type Key, say } from '../words/say';

export function myClass(room: Room, panels: Panels): void {
  const sheet = dialog('myClassDialog');
  press('closeMyClass').replaceChildren(icon('cross'));
  press('closeMyClass').setAttribute('aria-label', say('closePanel'));
  press('myClass').onclick = () => sheet.showModal();

  act('silence', 'micOff', async () => {
    const speaking = room.inside.filter((p) => p.role === 'pupil' && p.flags.microphone);
    await Promise.all(speaking.map((p) => room.call('Mute', p.id, 'audio')));
    announce(say('silenced'));
  });
  act('handsDown', 'hand', async () => {
    await Promise.all(room.hands.map((id) => room.call('LowerHand', id)));
  });
  act('quickPoll', 'bars', async () => panels.open('poll'));
  act('layDocument', 'sheet', async () => panels.open('documents'));

  /** Done, and the class is before one again. */
  function act(id: 'silence' | 'handsDown' | 'quickPoll' | 'layDocument', shape: Shape, work: () => Promise<void>) {
    const hint: Key = `${id}Hint`;
    $(id).replaceChildren(icon(shape), element('strong', {}, say(id)), element('small', {}, say(hint)));
    press(id).onclick = () => {
      sheet.close();
      work();
    };
  }
}
