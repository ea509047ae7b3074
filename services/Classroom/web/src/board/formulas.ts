// Formulas on a sheet: what was written with them, as MathML, becomes a picture that is painted like all else. KaTeX comes with the first
// one; until then, and where a browser draws none, they are seen as they were written.
import type { Mark } from '../contract';
import { parts } from '../maths/parts';
import { wide } from './paint';

export interface Drawn {
  image: HTMLImageElement;
  /** In heights of a letter. */
  w: number;
  h: number;
}

type Written = Pick<Mark, 'text' | 'colour' | 'width'>;

/** Of the letters in the picture, which is enlarged without loss. */
const size = 100;
const most = 300;
const font = 'system-ui, sans-serif';

const drawn = new Map<string, Drawn | null>();
const ears: (() => void)[] = [];

export const hasFormula = (text: string): boolean => parts(text).some((part) => part.maths);

/** Something more can be painted as it is. */
export const onFormula = (ear: () => void): void => {
  ears.push(ear);
};

/** Undefined until it is drawn: then whoever paints is told. */
export function drawnOf(mark: Written): Drawn | undefined {
  const known = drawn.get(keyOf(mark));
  if (known === undefined) come(mark);
  return known ?? undefined;
}

/** All of them are drawn, as far as they can be. */
export async function allDrawn(marks: readonly Mark[]): Promise<void> {
  await Promise.all(marks.filter((mark) => mark.kind === 'formula').map(come));
}

const coming = new Map<string, Promise<void>>();

function come(mark: Written): Promise<void> {
  const key = keyOf(mark);
  const before = coming.get(key);
  if (before) return before;
  if (coming.size > most) {
    coming.clear();
    drawn.clear();
  }
  const made = draw(mark)
    .catch(() => null)
    .then((one) => {
      drawn.set(key, one);
      for (const ear of ears) ear();
    });
  coming.set(key, made);
  return made;
}

const keyOf = ({ text, colour, width }: Written): string => `${colour} ${lettersAcross(width)} ${text}`;

/** As many as fit on the sheet. */
const lettersAcross = (width: number): number => Math.max(6, Math.floor((wide - 60) / Math.max(1, width)));

async function draw({ text, colour, width }: Written): Promise<Drawn> {
  const { withFormulas } = await import('../maths/show');
  const words = document.createElement('div');
  words.append(...withFormulas(text ?? ''));
  // As large as it is there: by itself, and no wider than the sheet.
  const frame = document.createElement('div');
  frame.className = 'formulaSize';
  frame.setAttribute('aria-hidden', 'true');
  frame.style.width = `${lettersAcross(width) * size}px`;
  frame.append(words);
  document.body.append(frame);
  const { width: w, height: h } = words.getBoundingClientRect();
  frame.remove();
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg(words, colour, Math.ceil(w) + 2, Math.ceil(h)))}`;
  await image.decode();
  return { image, w: (Math.ceil(w) + 2) / size, h: Math.ceil(h) / size };
}

/** Without a style: attributes of the picture say it, which no policy minds. */
function svg(words: HTMLElement, colour: string, w: number, h: number): string {
  const name = 'http://www.w3.org/2000/svg';
  const root = document.createElementNS(name, 'svg');
  const inner = document.createElementNS(name, 'foreignObject');
  for (const one of [root, inner]) {
    one.setAttribute('width', String(w));
    one.setAttribute('height', String(h));
  }
  const looks = { 'font-size': String(size), 'font-family': font, color: colour };
  for (const [key, value] of Object.entries(looks)) inner.setAttribute(key, value);
  inner.append(words.cloneNode(true));
  root.append(inner);
  return new XMLSerializer().serializeToString(root);
}
