// Putting a picture on the board: chosen, pasted or dropped. It is drawn anew here, so that nothing goes with it of where and by what it
// was made; who puts it says what is to be seen on it. Loaded when somebody has one.
import { element } from '../dom';
import type { Room } from '../room';
import { tellKey } from '../status';
import { say } from '../words/say';
import type { Exchange } from './exchange';
import { high, wide } from './paint';
import { keep } from './pictures';

const longest = 1600;
const largest = 300 * 1024;
/** Of the sheet, at first. */
const share = 0.6;

export async function putPicture(room: Room, exchange: Exchange, sheet: string, file: Blob): Promise<void> {
  const drawn = await drawnAnew(file).catch(() => null);
  if (!drawn) return tellKey('pictureUnreadable');
  const text = await askWhatIsThere();
  if (text === null) return;
  const id = crypto.randomUUID();
  const form = new FormData();
  form.append('picture', drawn.bytes, 'picture');
  form.append('words', text);
  const sent = await fetch(`/classroom/pages/${id}/1?${room.query}`, { method: 'POST', body: form }).catch(() => null);
  if (!sent?.ok) return tellKey('pictureNotSent');
  await keep(id, drawn.bytes);
  const by = Math.min((share * wide) / drawn.width, (share * high) / drawn.height);
  const [w, h] = [Math.round(drawn.width * by), Math.round(drawn.height * by)];
  const [x, y] = [Math.round((wide - w) / 2), Math.round((high - h) / 2)];
  const points = [x, y, 50, x + w, y + h, 50];
  exchange.draw(sheet, { id: crypto.randomUUID(), kind: 'image', points, colour: '#1b1f24', width: 1, text: text || null, picture: id });
}

async function drawnAnew(file: Blob): Promise<{ bytes: Blob; width: number; height: number }> {
  const read = await createImageBitmap(file);
  try {
    for (const [side, quality] of [
      [longest, 0.85],
      [longest, 0.6],
      [1000, 0.6],
      [700, 0.5],
    ] as const) {
      const by = Math.min(1, side / Math.max(read.width, read.height));
      const canvas = element('canvas', {
        width: Math.max(1, Math.round(read.width * by)),
        height: Math.max(1, Math.round(read.height * by)),
      });
      canvas.getContext('2d')?.drawImage(read, 0, 0, canvas.width, canvas.height);
      // Safari has no WebP and answers with a PNG instead, which may be as large as it likes.
      let bytes = await encoded(canvas, 'image/webp', quality);
      if (bytes.type !== 'image/webp' && bytes.size > largest) bytes = await encoded(canvas, 'image/jpeg', quality);
      if (bytes.size <= largest) return { bytes, width: canvas.width, height: canvas.height };
    }
  } finally {
    read.close();
  }
  throw new Error('too large');
}

const encoded = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> =>
  new Promise((done, failed) => canvas.toBlob((made) => (made ? done(made) : failed(new Error(type))), type, quality));

/** Null: it is not put there after all. */
function askWhatIsThere(): Promise<string | null> {
  const line = element('input', { id: 'pictureWords', maxLength: 300, autocomplete: 'off' });
  const hint = element('small', { id: 'pictureHint' }, say('pictureHint'));
  line.setAttribute('aria-describedby', hint.id);
  const asked = element(
    'dialog',
    { id: 'pictureDialog' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id: 'pictureTitle' }, say('pictureTitle')),
      element('label', { htmlFor: line.id }, say('pictureWords')),
      line,
      hint,
      element(
        'div',
        { className: 'row' },
        element('button', { value: 'put', className: 'main' }, say('picturePut')),
        element('button', { value: 'no', formNoValidate: true }, say('pictureCancel')),
      ),
    ),
  );
  asked.setAttribute('aria-labelledby', 'pictureTitle');
  document.body.append(asked);
  asked.showModal();
  return new Promise((done) => {
    asked.onclose = () => {
      done(asked.returnValue === 'put' ? line.value.trim() : null);
      asked.remove();
    };
  });
}
