// Documents: the teacher lays them out and turns their pages, everybody sees the page that is shown.
import { $, button, element, field, press } from '../dom';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { say } from '../words/say';
import { Pages } from './pages';

const nameOf = (file: File) => file.name.replace(/\.pdf$/i, '').slice(0, 120) || 'PDF';

export function documents(room: Room): void {
  const pages = new Pages(() => room.query);
  const file = field('file');
  const progress = $<HTMLProgressElement>('fileProgress');
  const turn = (by: number) => {
    const shown = room.desk?.shown;
    return shown && room.ask('TurnPage', shown.id, shown.page + by);
  };

  room.on('desk', () => {
    const { desk } = room;
    redraw($('documents'), ...lines(room));
    pages.show(desk?.shown ?? null);
  });

  file.onchange = async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    file.disabled = true;
    progress.hidden = false;
    $('fileState').textContent = await lay(chosen);
    file.value = '';
    file.disabled = false;
    progress.hidden = true;
  };

  /** What came of it, in words. */
  async function lay(chosen: File): Promise<string> {
    const name = nameOf(chosen);
    try {
      const { send } = await import('./send');
      const id = await send(chosen, room.query, (done, all) => {
        progress.value = done / all;
        $('fileState').textContent = say('filePage', Math.min(done + 1, all), all);
      });
      const reply = await room.call('LayOut', id, name);
      if (reply.ok && !room.desk?.shown) room.ask('TurnPage', id, 1);
      return reply.ok ? say('fileSent', name) : say(reply.code === 'too-many-documents' ? 'tooManyDocuments' : 'fileNotSent');
    } catch (e) {
      // Said in words by what was loaded; or that was not to be had.
      return e instanceof TypeError ? say('fileNotSent') : (e as Error).message;
    }
  }

  press('previousPage').onclick = () => turn(-1);
  press('nextPage').onclick = () => turn(1);
  press('closePage').onclick = () => room.ask('TurnPage', null, 0);
  $('pageView').onkeydown = (e) => {
    const id = e.key === 'PageDown' ? 'nextPage' : e.key === 'PageUp' ? 'previousPage' : null;
    if (!id || !room.isTeacher) return;
    e.preventDefault();
    if (!press(id).disabled) press(id).click();
  };
}

function lines(room: Room): HTMLElement[] {
  return (room.desk?.documents ?? []).map((d) => {
    const line = element(
      'li',
      {},
      element('span', { className: 'who' }, `${d.name} (${say('pages', d.pages)})`),
      button('showDocument', () => room.ask('TurnPage', d.id, 1), d.name, ''),
      button('takeAway', () => room.ask('TakeAway', d.id), d.name, ''),
    );
    line.dataset.key = d.id;
    return line;
  });
}
