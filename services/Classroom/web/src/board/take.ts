// Pages of the board to take away, loaded when somebody wants one: as a picture, or printed, which browsers also do into a PDF.
import type { Mark } from '../contract';
import { element } from '../dom';
import type { Room } from '../room';
import { tellKey } from '../status';
import { say } from '../words/say';
import type { Exchange } from './exchange';
import { allDrawn } from './formulas';
import { wordsOn } from './marks';
import { picture } from './paint';
import { allPictures } from './pictures';

/** With its formulas, where the browser lets them out of the canvas again. */
async function drawn(room: Room, { marks }: Exchange, page: number): Promise<HTMLCanvasElement> {
  const there = marks.of(`page/${page}`);
  await Promise.all([allDrawn(there), allPictures(there)]);
  const made = (all: Mark[]) => picture(all, room.desk?.pages[page - 1] ?? 'plain', 2000);
  const canvas = made(there);
  try {
    canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
    return canvas;
  } catch {
    tellKey('formulasAsWritten');
    return made(there.map((mark) => (mark.kind === 'formula' ? { ...mark, kind: 'text' } : mark)));
  }
}

export async function savePage(room: Room, exchange: Exchange): Promise<void> {
  const page = room.desk?.page ?? 1;
  (await drawn(room, exchange, page)).toBlob((made) => {
    if (!made) return;
    const address = URL.createObjectURL(made);
    element('a', { href: address, download: `${document.title} - ${page}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }, 'image/png');
}

export async function printPages(room: Room, exchange: Exchange): Promise<void> {
  const pages = await Promise.all(
    (room.desk?.pages ?? []).map(async (_, i) => {
      const made = element('img', {
        src: (await drawn(room, exchange, i + 1)).toDataURL('image/png'),
        alt: `${say('boardPage', i + 1)}. ${wordsOn(exchange.marks.of(`page/${i + 1}`)).join(' ')}`,
      });
      await made.decode();
      return made;
    }),
  );
  const sheet = element('div', { className: 'printed' }, ...pages);
  document.body.append(sheet);
  addEventListener('afterprint', () => sheet.remove(), { once: true });
  print();
}
