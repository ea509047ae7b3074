// The tool that moves what stands on a sheet: a press chooses a mark, which is dragged, or made larger at its corners; keys and buttons do
// the same. What is on its way is seen here at once, by others as an outline; it goes out when it rests.
import type { Stroke } from '../contract';
import { element } from '../dom';
import { tellKey } from '../status';
import { type Key, say } from '../words/say';
import type { Exchange } from './exchange';
import { touches } from './marks';
import { paint, wide } from './paint';
import { type Box, boxOf, cornerAt, corners, isAt, isIn, type Place, scaled, shifted } from './places';
import { drawn } from './tools';

type Context = CanvasRenderingContext2D;

export interface Sheet {
  name: string;
  canvas: HTMLCanvasElement;
  exchange: Exchange;
  /** Null: there is none, or nothing is moved on it. */
  now: () => string | null;
  high: () => number;
  /** What lies below has changed, or what is above. */
  redraw: () => void;
  soon: () => void;
  /** Shown to the others while it moves. */
  outline: (of: string, box: Box) => void;
}

/** Keys come by the dozen: what they did goes out when they rest. */
const rests = 300;
const step = 10;
const growth = 1.1;
const accent = '#b4590a';
/** For a finger, in points of the screen. */
const grip = 22;

const words: Record<Stroke['kind'], Key> = {
  pen: 'markPen',
  line: 'drawLine',
  box: 'drawBox',
  oval: 'drawOval',
  text: 'markText',
  formula: 'markFormula',
  image: 'markImage',
};

interface Drag {
  x: number;
  y: number;
  /** Null: the whole of it. */
  corner: number | null;
  box: Box;
}

export class Mover {
  readonly row: HTMLElement;
  #sheet: Sheet;
  #on = false;
  #chosen: string | null = null;
  #draft: Place | null = null;
  /** Of one drag or run of keys, as the outline that others see. */
  #ink = '';
  #drag: Drag | null = null;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #buttons: HTMLButtonElement[] = [];
  #said = element('p', { className: 'state', ariaLive: 'polite' });

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    this.row = this.#make();
    sheet.canvas.addEventListener('keydown', (e) => this.#key(e));
    sheet.canvas.addEventListener('blur', () => this.#settle());
    // Its corners are as large for a finger on any screen.
    new ResizeObserver(() => this.#mark && sheet.soon()).observe(sheet.canvas);
  }

  get on(): boolean {
    return this.#on;
  }

  /** Whose place is shown above: it is not painted below. */
  get hidden(): string | null {
    return this.#draft ? this.#chosen : null;
  }

  turn(on: boolean): void {
    if (on === this.#on) return;
    if (!on) this.letGo();
    this.#on = on;
    this.row.hidden = !on;
    const { canvas } = this.#sheet;
    // A picture that is only looked at; a thing that takes keys.
    canvas.setAttribute('role', on ? 'application' : 'img');
    if (on) canvas.tabIndex = 0;
    else canvas.removeAttribute('tabindex');
    if (on) canvas.setAttribute('aria-describedby', `${this.#sheet.name}MoveHint`);
    else canvas.removeAttribute('aria-describedby');
    this.#tell();
  }

  /** Marks came or went, or another sheet did. */
  changed(): void {
    if (this.#chosen && !this.#mark) this.#forget();
    if (this.#on) this.#tell();
  }

  letGo(): void {
    this.#settle();
    this.#forget();
    this.#sheet.soon();
  }

  down(x: number, y: number): void {
    this.#settle();
    const { canvas } = this.#sheet;
    canvas.focus({ preventScroll: true });
    const chosen = this.#mark;
    const corner = chosen ? cornerAt(this.#frame(chosen), x, y, grip * this.#fine) : -1;
    if (!chosen || corner < 0) this.#choose(this.#at(x, y)?.id ?? null);
    const mark = this.#mark;
    if (mark) this.#drag = { x, y, corner: corner < 0 ? null : corner, box: this.#box(mark) };
  }

  move(x: number, y: number): void {
    const mark = this.#mark;
    if (!mark || !this.#drag) return;
    const { x: fromX, y: fromY, corner, box } = this.#drag;
    if (!this.#draft && Math.hypot(x - fromX, y - fromY) < 4) return;
    if (corner === null) this.#show(shifted(mark, box, x - fromX, y - fromY, this.#sheet.high()));
    else {
      const all = corners(box);
      const [stays = [0, 0], taken = [0, 0]] = [all[(corner + 2) % 4], all[corner]];
      const by = (to: number, from: number, still: number) => (from === still ? 1 : (to - still) / (from - still));
      this.#show(scaled(mark, box, stays, by(taken[0] + x - fromX, taken[0], stays[0]), by(taken[1] + y - fromY, taken[1], stays[1])));
    }
  }

  up(): void {
    if (this.#drag) this.#settle();
  }

  paint(c: Context): void {
    const mark = this.#mark;
    if (!mark) return;
    if (this.#draft) paint(c, { ...mark, ...this.#draft });
    const box = this.#frame({ ...mark, ...this.#draft });
    const size = (grip * this.#fine) / 2.5;
    c.strokeStyle = accent;
    c.fillStyle = '#fff';
    c.lineWidth = 2 * Math.max(1, this.#fine);
    c.setLineDash([8 * this.#fine, 6 * this.#fine]);
    c.strokeRect(box.x, box.y, box.w, box.h);
    c.setLineDash([]);
    for (const [x, y] of corners(box)) {
      c.beginPath();
      c.rect(x - size / 2, y - size / 2, size, size);
      c.fill();
      c.stroke();
    }
  }

  /** So much of the sheet is one point of the screen. */
  get #fine(): number {
    return wide / Math.max(1, this.#sheet.canvas.getBoundingClientRect().width);
  }

  // ── which ──

  get #mark(): Stroke | undefined {
    const mark = this.#chosen ? this.#sheet.exchange.marks.find(this.#chosen) : undefined;
    return mark?.sheet === this.#sheet.now() ? mark : undefined;
  }

  get #mine(): Stroke[] {
    const { exchange, now } = this.#sheet;
    return exchange.marks.of(now()).filter(exchange.mayChange);
  }

  #box(mark: Stroke): Box {
    return boxOf(mark, this.#sheet.canvas.getContext('2d') as Context);
  }

  /** As it is shown around it. */
  #frame(mark: Stroke): Box {
    const { x, y, w, h } = this.#box(mark);
    return { x: x - 6, y: y - 6, w: w + 12, h: h + 12 };
  }

  /** What is touched; else what one is inside of, the chosen one first. */
  #at(x: number, y: number): Stroke | undefined {
    const { exchange, now } = this.#sheet;
    const touched = exchange.marks.of(now()).filter((mark) => touches(mark, x, y));
    const mine = this.#mine;
    const found = touched.findLast(exchange.mayChange);
    if (found) return found;
    const inside = mine.filter((mark) => isIn(this.#frame(mark), x, y));
    if (touched.length && !inside.length) tellKey('moveNotYours');
    return inside.find((mark) => mark.id === this.#chosen) ?? inside.at(-1);
  }

  #choose(id: string | null): void {
    this.#settle();
    this.#chosen = id;
    this.#tell();
    this.#sheet.soon();
  }

  #forget(): void {
    clearTimeout(this.#resting);
    this.#chosen = this.#draft = this.#drag = null;
    this.#tell();
  }

  /** False past the last one. */
  #step(by: 1 | -1): boolean {
    const mine = this.#mine;
    const at = mine.findIndex((mark) => mark.id === this.#chosen);
    const next = mine[at < 0 ? (by > 0 ? 0 : mine.length - 1) : at + by];
    this.#choose(next?.id ?? null);
    return !!next;
  }

  // ── where ──

  #show(place: Place): void {
    const mark = this.#mark;
    if (!mark) return;
    const first = !this.#draft;
    if (first) this.#ink = crypto.randomUUID();
    this.#draft = place;
    if (first) this.#sheet.redraw();
    else this.#sheet.soon();
    this.#sheet.outline(this.#ink, this.#frame({ ...mark, ...place }));
  }

  #settle(): void {
    clearTimeout(this.#resting);
    const mark = this.#mark;
    const draft = this.#draft;
    this.#drag = this.#draft = null;
    if (!mark || !draft) return;
    if (isAt(mark, draft)) this.#sheet.redraw();
    else this.#sheet.exchange.move(mark.id, draft);
    this.#tell(true);
  }

  #soonSettled(place: Place): void {
    this.#show(place);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#settle(), rests);
  }

  #shift(x: number, y: number): void {
    const mark = this.#mark;
    const now = mark && { ...mark, ...this.#draft };
    if (now) this.#soonSettled(shifted(now, this.#box(now), x, y, this.#sheet.high()));
  }

  #scale(by: number): void {
    const mark = this.#mark;
    if (!mark) return;
    const now = { ...mark, ...this.#draft };
    const box = this.#box(now);
    this.#soonSettled(scaled(now, box, [box.x + box.w / 2, box.y + box.h / 2], by, by));
  }

  #erase(): void {
    const mark = this.#mark;
    this.#forget();
    if (mark) this.#sheet.exchange.erase(mark.id);
    this.#sheet.canvas.focus({ preventScroll: true });
  }

  // ── by keys and buttons ──

  #key(e: KeyboardEvent): void {
    if (!this.#on || e.altKey || e.ctrlKey || e.metaKey) return;
    const by = e.shiftKey ? 1 : step;
    const acts: Record<string, () => unknown> = {
      ArrowLeft: () => this.#shift(-by, 0),
      ArrowRight: () => this.#shift(by, 0),
      ArrowUp: () => this.#shift(0, -by),
      ArrowDown: () => this.#shift(0, by),
      '+': () => this.#scale(growth),
      '=': () => this.#scale(growth),
      '-': () => this.#scale(1 / growth),
      Delete: () => this.#erase(),
      Backspace: () => this.#erase(),
      Escape: () => this.letGo(),
    };
    // Past the last mark the key goes on to what comes next on the page.
    const taken = e.key === 'Tab' ? this.#step(e.shiftKey ? -1 : 1) : !!this.#mark && !!acts[e.key];
    if (!taken) return;
    if (e.key !== 'Tab') acts[e.key]?.();
    e.preventDefault();
    e.stopPropagation();
  }

  #make(): HTMLElement {
    const { name } = this.#sheet;
    const one = (key: Key, path: string, act: () => unknown) => {
      const made = element('button', { type: 'button', ariaLabel: say(key), title: say(key) }, drawn(path));
      made.dataset.key = key;
      made.onclick = () => act();
      return made;
    };
    this.#buttons = [
      one('moveLeft', 'M20 12H4M10 6l-6 6l6 6', () => this.#shift(-step, 0)),
      one('moveUp', 'M12 20V4M6 10l6-6l6 6', () => this.#shift(0, -step)),
      one('moveDown', 'M12 4v16M6 14l6 6l6-6', () => this.#shift(0, step)),
      one('moveRight', 'M4 12h16M14 6l6 6l-6 6', () => this.#shift(step, 0)),
      one('moveSmaller', 'M5 12h14', () => this.#scale(1 / growth)),
      one('moveLarger', 'M12 5v14M5 12h14', () => this.#scale(growth)),
      one('moveErase', 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13', () => this.#erase()),
    ];
    const next = one('moveNext', 'M4 5h6v6H4zM14 13h6v6h-6zM14 8h3v2', () => this.#step(1) || this.#step(1));
    const hint = element('small', { id: `${name}MoveHint` }, say('moveHint'));
    const row = element('div', { className: 'moving', role: 'group', hidden: true }, next, ...this.#buttons, this.#said, hint);
    row.setAttribute('aria-label', say('moveChosen'));
    return row;
  }

  #tell(whereToo = false): void {
    const mark = this.#mark;
    for (const b of this.#buttons) b.disabled = !mark;
    const text = mark ? this.#name(mark, whereToo) : '';
    if (this.#said.textContent !== text) this.#said.textContent = text;
  }

  #name(mark: Stroke, whereToo: boolean): string {
    const mine = this.#mine;
    const name = say('markIs', say(words[mark.kind], mark.text ?? ''), mine.findIndex((m) => m.id === mark.id) + 1, mine.length);
    if (!whereToo) return name;
    const { x, y } = this.#box(mark);
    const share = (part: number, whole: number) => Math.max(0, Math.round((100 * part) / whole));
    return `${name}, ${say('markAt', share(x, wide), share(y, this.#sheet.high()))}`;
  }
}
