// What pupils may do: one box each, the teacher's.
import type { Permissions } from '../contract';
import { $, element, field } from '../dom';
import type { Room } from '../room';
import { type Key, say } from '../words/say';

const all: [keyof Permissions, Key][] = [
  ['chat', 'mayChat'],
  ['microphone', 'mayMicrophone'],
  ['camera', 'mayCamera'],
  ['board', 'mayBoard'],
  ['notes', 'mayNotes'],
];

export function permissions(room: Room): void {
  const box = (p: string) => field(`may-${p}`);
  $('permissions').append(
    ...all.map(([p, words]) => {
      const made = element('input', { type: 'checkbox', id: `may-${p}` });
      made.onchange = () => room.ask('SetPermissions', Object.fromEntries(all.map(([x]) => [x, box(x).checked])));
      return element('label', { className: 'switch' }, made, element('span', {}, say(words)));
    }),
  );
  room.on('desk', () => {
    for (const [p] of all) box(p).checked = room.desk?.permissions[p] ?? true;
  });
}
