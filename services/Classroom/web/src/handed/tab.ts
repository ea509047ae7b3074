// Files that are handed out and in: the panel is loaded when somebody opens it, or when there is something for them.
import { $, element } from '../dom';
import type { Panels } from '../panels';
import type { Room } from '../room';
import { say } from '../words/say';

/** Not before sound runs, which it would slow down. */
const afterSound = 15_000;

export function files(room: Room, panels: Panels): void {
  let opened: Promise<{ look(news?: boolean): void } | null> | null = null;
  const look = async (news?: boolean) => {
    opened ??= import('./panel').then(
      ({ FilesPanel }) => new FilesPanel(room, panels),
      () => {
        // Without a network now: the next look tries again.
        opened = null;
        $('panel-files').replaceChildren(element('h2', {}, say('files')), element('p', {}, say('notDone')));
        return null;
      },
    );
    (await opened)?.look(news);
  };
  room.hub.on('files', () => look(true));
  room.on('inside', () => setTimeout(look, afterSound));
  panels.on('chosen', (panel) => panel === 'files' && look());
}
