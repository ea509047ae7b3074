// Pages of the board to take away, loaded when somebody wants one: as a picture, or printed, which browsers also do into a PDF.
import { element } from '../dom';
import type { Room } from '../room';
import { say } from '../words/say';
import type { Exchange } from './exchange';
import { wordsOn } from './marks';
import { picture } from './paint';

const drawn = (room: Room, { marks }: Exchange, page: number) =>
  picture(marks.of(`page/${page}`), room.desk?.pages[page - 1] ?? 'plain', 2000);

export function savePage(room: Room, exchange: Exchange): void {
  const page = room.desk?.page ?? 1;
  drawn(room, exchange, page).toBlob((made) => {
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
        src: drawn(room, exchange, i + 1).toDataURL('image/png'),
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
