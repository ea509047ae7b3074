// A sheet to write on, with its tools: the board, one's slate, a page of a document. Below lies what stands, above it what is being drawn.
import type { Ruling } from '../contract';
import { element } from '../dom';
import type { Room } from '../room';
import { say } from '../words/say';
import type { Exchange } from './exchange';
import { hasFormula, onFormula } from './formulas';
import { touches, wordsOn } from './marks';
import { Mover } from './mover';
import { below, high, paint, rule, wide } from './paint';
import { between, outline, Pen } from './pen';
import { onPicture } from './pictures';
import { type Tool, Tools, toolButton } from './tools';

/** Points of the screen for each of the sheet's. */
const fine = 2;

export interface SheetNow {
  /** Null: there is none to see now. */
  sheet: string | null;
  /** What it is called. */
  name: string;
  /** Null: what lies below is not paper. */
  ruling: Ruling | null;
  mayWrite: boolean;
  mayWipe: boolean;
}

export interface Kit {
  name: string;
  toolsLabel: 'boardTools' | 'slateTools' | 'pageInkTools';
  tools: readonly Tool[];
  /** How high letters are, and how thick the pen. */
  letters: number;
  pen: number;
}

export class Drawing {
  readonly tools = element('div', { className: 'row tools', role: 'toolbar' });
  readonly paper = element('div', { className: 'paper' });
  /** Below the sheet: what the tool that is chosen wants. */
  readonly under: HTMLElement;
  #writing: HTMLFormElement;
  #mover: Mover;
  #room: Room;
  #exchange: Exchange;
  #kit: Kit;
  #palette: Tools;
  #undo: HTMLButtonElement;
  #redo: HTMLButtonElement;
  #wipe: HTMLButtonElement;
  #below: HTMLCanvasElement;
  #above: HTMLCanvasElement;
  #words = element('ol', {});
  #line = element('input', { maxLength: 300, autocomplete: 'off' });
  #now: SheetNow = { sheet: null, name: '', ruling: 'plain', mayWrite: false, mayWipe: false };
  #drawn = '';
  #high = high;
  #pen: Pen | null = null;
  #pointer: number | null = null;
  #sentAt = 0;
  #sending: ReturnType<typeof setTimeout> | undefined;
  #laser: number[] | null = null;
  #frame = 0;
  #textAt: [number, number] | null = null;

  constructor(room: Room, exchange: Exchange, kit: Kit) {
    this.#room = room;
    this.#exchange = exchange;
    this.#kit = kit;
    this.tools.id = `${kit.name}Tools`;
    this.tools.setAttribute('aria-label', say(kit.toolsLabel));
    this.#below = element('canvas', { id: `${kit.name}Sheet`, ariaHidden: 'true' });
    this.#above = element('canvas', { id: kit.name, role: 'img' });
    const words = element('div', { className: 'hiddenText', ariaLive: 'polite', role: 'group', ariaLabel: say('sheetWords') }, this.#words);
    this.paper.append(this.#below, this.#above, words);
    this.#writing = this.#form();
    this.#mover = new Mover({
      name: kit.name,
      canvas: this.#above,
      exchange,
      now: () => this.#now.sheet,
      high: () => this.#high,
      redraw: () => this.#redraw(),
      soon: () => this.#soon(),
      outline: (id, { x, y, w, h }) => this.#moving(id, [x, y, x + w, y + h].map(Math.round)),
    });
    this.under = element('div', { className: 'under' }, this.#writing, this.#mover.row);
    this.#undo = toolButton(`${kit.name}-undo`, 'undo', 'undo', () => this.#now.sheet && exchange.undo(this.#now.sheet));
    this.#redo = toolButton(`${kit.name}-redo`, 'redo', 'redo', () => this.#now.sheet && exchange.redo(this.#now.sheet));
    this.#wipe = toolButton(`${kit.name}-wipe`, 'bin', 'clearBoard', () => this.#now.sheet && exchange.wipe(this.#now.sheet));
    this.#palette = new Tools(kit.name, kit.tools, (tool) => this.#chose(tool));
    this.tools.append(...this.#palette.buttons, this.#palette.swatches(), this.#undo, this.#redo, this.#wipe);
    this.#listen();
  }

  /** What is before one now. Drawn anew only where it is another sheet. */
  show(now: SheetNow): void {
    this.#now = now;
    const { sheet, ruling } = now;
    this.tools.hidden = !now.mayWrite;
    this.paper.classList.toggle('quiet', !now.mayWrite);
    this.#writing.hidden = !now.mayWrite || this.#palette.now !== 'text';
    this.#wipe.hidden = !now.mayWipe;
    if (!now.mayWrite) this.#lift();
    this.#mover.turn(now.mayWrite && this.#palette.now === 'move');
    const drawn = `${sheet} ${ruling}`;
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#textAt = null;
      this.#mover.letGo();
      this.#redraw();
    } else this.#describe();
  }

  /** A page of a document is as high as it is. */
  resize(height: number): void {
    if (height === this.#high && this.#below.width) return;
    this.#high = height;
    this.#redraw();
  }

  #listen(): void {
    const { marks } = this.#exchange;
    marks.on('added', (s) => {
      if (s.sheet !== this.#now.sheet) return;
      paint(this.#on(this.#below), s);
      this.#describe();
      this.#soon();
    });
    marks.on('changed', (sheet) => {
      if (sheet === this.#now.sheet) this.#redraw();
    });
    onFormula(() => {
      if (marks.of(this.#now.sheet).some((mark) => mark.kind === 'formula')) this.#redraw();
    });
    onPicture(() => {
      if (marks.of(this.#now.sheet).some((mark) => mark.kind === 'image')) this.#redraw();
    });
    marks.on('wet', (ink) => {
      if (ink.sheet === this.#now.sheet) this.#soon();
    });
    const sheet = this.#above;
    sheet.addEventListener('pointerdown', (e) => this.#down(e));
    sheet.addEventListener('pointermove', (e) => this.#move(e));
    for (const end of ['pointerup', 'pointercancel'] as const) sheet.addEventListener(end, (e) => this.#up(e));
  }

  // ── what is seen ──

  #on(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    return canvas.getContext('2d') as CanvasRenderingContext2D;
  }

  #redraw(): void {
    for (const canvas of [this.#below, this.#above]) {
      // Setting the size wipes it.
      canvas.width = wide * fine;
      canvas.height = this.#high * fine;
      this.#on(canvas).scale(fine, fine);
    }
    const c = this.#on(this.#below);
    if (this.#now.ruling) rule(c, this.#now.ruling);
    for (const mark of this.#exchange.marks.of(this.#now.sheet)) if (mark.id !== this.#mover.hidden) paint(c, mark);
    this.#describe();
    this.#soon();
  }

  #describe(): void {
    const strokes = this.#exchange.marks.of(this.#now.sheet);
    const words = wordsOn(strokes);
    const many = strokes.length;
    const count = many === 0 ? say('sheetEmpty') : many === 1 ? say('sheetOne') : say('sheetMany', many);
    this.#above.setAttribute('aria-label', say('sheetIs', this.#now.name, count, words.join(' ')).trim());
    words.forEach((word, i) => {
      const line = (this.#words.children[i] as HTMLElement | undefined) ?? this.#words.appendChild(element('li'));
      if (line.dataset.said === word) return;
      line.dataset.said = word;
      line.textContent = word;
      if (hasFormula(word))
        import('../maths/show').then(
          ({ withFormulas }) => line.dataset.said === word && line.replaceChildren(...withFormulas(word)),
          () => {},
        );
    });
    while (this.#words.children.length > words.length) this.#words.lastChild?.remove();
    const { sheet } = this.#now;
    this.#mover.changed();
    this.#undo.disabled = !sheet || !this.#exchange.mayUndo(sheet);
    this.#redo.disabled = !sheet || !this.#exchange.mayRedo(sheet);
  }

  /** What is being drawn, by oneself and by others, once a frame. */
  #soon(): void {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#overlay());
  }

  #overlay(): void {
    this.#frame = 0;
    const c = this.#on(this.#above);
    c.clearRect(0, 0, wide, this.#high);
    const wet = this.#exchange.marks.wetOn(this.#now.sheet);
    for (const ink of wet) if (ink.stroke) paint(c, { ...ink, kind: 'pen' });
    const pointing = wet.filter((ink) => !ink.stroke).map((ink) => ink.points);
    if (this.#laser) pointing.push(this.#laser);
    for (const points of pointing) point(c, points);
    if (this.#pen) paint(c, this.#pen.mark);
    this.#mover.paint(c);
    if (this.#textAt && !this.#writing.hidden) caret(c, this.#textAt, this.#kit.letters);
    // What dries up or fades has to be taken away.
    if (wet.length || this.#laser) setTimeout(() => this.#soon(), 250);
  }

  // ── what is done ──

  #chose(tool: Tool): void {
    this.#writing.hidden = tool !== 'text';
    this.#mover.turn(tool === 'move');
    if (tool === 'text') this.#line.focus();
    this.#soon();
  }

  #at(e: PointerEvent): [number, number, number] {
    const box = this.#above.getBoundingClientRect();
    return [
      Math.round(((e.clientX - box.left) / box.width) * wide),
      Math.round(((e.clientY - box.top) / box.height) * this.#high),
      Math.round((e.pressure || 0.5) * 100),
    ];
  }

  #down(e: PointerEvent): void {
    // A palm or a second finger draws nothing.
    if (!this.#now.mayWrite || this.#pointer !== null) return;
    this.#pointer = e.pointerId;
    this.#above.setPointerCapture(e.pointerId);
    const at = this.#at(e);
    const tool = this.#palette.now;
    if (tool === 'eraser') this.#eraseAt(at[0], at[1]);
    else if (tool === 'move') this.#mover.down(at[0], at[1]);
    else if (tool === 'laser') this.#laser = [...at];
    else if (tool === 'text') {
      this.#textAt = [at[0], at[1] - this.#kit.letters / 2];
      this.#line.focus();
      // The finger would take the place in the field away again.
      e.preventDefault();
    } else this.#pen = new Pen(tool, this.#palette.colour, this.#kit.pen, at);
    this.#soon();
    this.#stream();
  }

  #move(e: PointerEvent): void {
    if (e.pointerId !== this.#pointer) return;
    const tool = this.#palette.now;
    for (const part of e.getCoalescedEvents?.() ?? [e]) {
      const [x, y, p] = this.#at(part);
      if (tool === 'eraser') this.#eraseAt(x, y);
      else if (tool === 'move') this.#mover.move(x, y);
      else if (this.#laser) this.#laser = [...this.#laser, x, y, p].slice(-60);
      else this.#pen?.to(x, y, p);
    }
    if (this.#pen?.isFull) {
      const { mark } = this.#pen;
      this.#lift();
      this.#pointer = e.pointerId;
      this.#pen = new Pen(mark.kind, mark.colour, mark.width, mark.points.slice(-3) as [number, number, number]);
    }
    this.#soon();
    this.#stream();
  }

  #up(e: PointerEvent): void {
    if (e.pointerId === this.#pointer) this.#lift();
  }

  #lift(): void {
    this.#pointer = this.#laser = null;
    clearTimeout(this.#sending);
    this.#sending = undefined;
    const pen = this.#pen;
    this.#pen = null;
    this.#mover.up();
    if (pen?.isSomething && this.#now.sheet) this.#exchange.draw(this.#now.sheet, pen.mark);
    this.#soon();
  }

  /** Sixteen times a second at most; the first points at once. */
  #stream(): void {
    if (this.#sending || (!this.#pen && !this.#laser)) return;
    const wait = Math.max(0, this.#sentAt + between - Date.now());
    this.#sending = setTimeout(() => {
      this.#sending = undefined;
      this.#sentAt = Date.now();
      this.#send();
    }, wait);
  }

  #send(): void {
    const { sheet } = this.#now;
    if (!sheet) return;
    if (this.#laser) {
      this.#tell(sheet, null, 0, this.#laser, this.#palette.colour, this.#kit.pen);
      return;
    }
    const fresh = this.#pen?.fresh();
    if (!this.#pen || !fresh) return;
    const { id, colour, width } = this.#pen.mark;
    this.#tell(sheet, id, fresh.from, fresh.points, colour, width);
  }

  /** What moves is an outline to the others: its corners are less to send than its lines. */
  #moving(id: string, [x = 0, y = 0, x2 = 0, y2 = 0]: number[]): void {
    const { sheet } = this.#now;
    if (!sheet || Date.now() < this.#sentAt + between) return;
    this.#sentAt = Date.now();
    this.#tell(sheet, id, 0, outline({ kind: 'box', points: [x, y, 50, x2, y2, 50] }), '#b4590a', 2);
  }

  /** Nobody is told when it does not arrive: the line does. */
  #tell(...ink: [sheet: string, stroke: string | null, from: number, points: number[], colour: string, width: number]): void {
    this.#room.hub.call('Ink', ...ink).catch(() => {});
  }

  #eraseAt(x: number, y: number): void {
    const hit = this.#exchange.marks.of(this.#now.sheet).findLast((s) => touches(s, x, y) && this.#exchange.mayChange(s));
    if (hit) this.#exchange.erase(hit.id);
  }

  /** By the keyboard alone: each line under the one before. */
  #form(): HTMLFormElement {
    const id = `${this.#kit.name}Line`;
    this.#line.id = id;
    const name = element('label', { htmlFor: id, className: 'hiddenText' }, say('writeLine'));
    this.#line.placeholder = say('writeLine');
    const hint = element('small', { id: `${id}Hint` }, say('writeHint'));
    this.#line.setAttribute('aria-describedby', hint.id);
    const maths = element('button', { type: 'button', ariaLabel: say('mathsHelp') }, '∑');
    maths.onclick = () =>
      import('../maths/help').then(({ mathsHelp }) =>
        mathsHelp((text) => {
          this.#line.setRangeText(text, this.#line.selectionStart ?? 0, this.#line.selectionEnd ?? 0, 'end');
          this.#line.focus();
        }),
      );
    const form = element(
      'form',
      { className: 'writing', hidden: true },
      name,
      this.#line,
      maths,
      element('button', { className: 'main' }, say('writeIt')),
      hint,
    );
    form.onsubmit = (e) => {
      e.preventDefault();
      this.#write(this.#line.value.trim());
    };
    return form;
  }

  #write(text: string): void {
    const { sheet } = this.#now;
    if (!text || !sheet) return;
    const size = this.#kit.letters;
    const [x, y] = this.#textAt ?? below(this.#on(this.#below), this.#exchange.marks.of(sheet), size);
    const points = [Math.round(x), Math.round(Math.max(0, y)), 50];
    this.#exchange.draw(sheet, {
      id: crypto.randomUUID(),
      kind: hasFormula(text) ? 'formula' : 'text',
      points,
      colour: this.#palette.colour,
      width: size,
      text,
    });
    this.#line.value = '';
    this.#textAt = null;
    this.#soon();
  }
}

/** Where somebody points: a dot and a short tail. */
function point(c: CanvasRenderingContext2D, points: number[]): void {
  c.globalAlpha = 0.55;
  paint(c, { points, colour: '#d0021b', width: 6, kind: 'pen' });
  c.globalAlpha = 1;
  c.fillStyle = '#d0021b';
  c.beginPath();
  c.arc(points.at(-3) ?? 0, points.at(-2) ?? 0, 9, 0, 7);
  c.fill();
}

function caret(c: CanvasRenderingContext2D, [x, y]: [number, number], size: number): void {
  c.fillStyle = '#b4590a';
  c.fillRect(x, y, 3, size);
}
