// The whiteboard: strokes in thousandths of its width, smoothed through the middles between points.
import { Bus } from '../bus';
import type { Stroke } from '../contract';

export const colours = ['#1b1f24', '#1a4fa3', '#b3261e', '#1c6b3a', '#8a4b00'] as const;

export class Board extends Bus<{ drawn: Stroke; erased: string }> {
  #canvas: HTMLCanvasElement;
  #context: CanvasRenderingContext2D;
  #strokes = new Map<string, Stroke>();
  #current: Stroke | null = null;
  colour: string = colours[0];
  erasing = false;
  enabled = true;

  constructor(canvas: HTMLCanvasElement) {
    super();
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D;
    canvas.addEventListener('pointerdown', (e) => this.#down(e));
    canvas.addEventListener('pointermove', (e) => this.#move(e));
    for (const end of ['pointerup', 'pointercancel'] as const) canvas.addEventListener(end, () => this.#up());
  }

  get count(): number {
    return this.#strokes.size;
  }

  set(strokes: Stroke[]): void {
    this.#strokes = new Map(strokes.map((s) => [s.id, s]));
    this.paint();
  }
  add(stroke: Stroke): void {
    this.#strokes.set(stroke.id, stroke);
    this.paint();
  }
  erase(id: string): void {
    this.#strokes.delete(id);
    this.paint();
  }
  clear(): void {
    this.#strokes.clear();
    this.paint();
  }

  paint(): void {
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const stroke of this.#strokes.values()) this.#line(stroke);
    if (this.#current) this.#line(this.#current);
  }

  #line({ points, colour, width }: Stroke): void {
    const c = this.#context;
    const at = (i: number) => points[i] ?? 0;
    c.strokeStyle = colour;
    c.lineCap = c.lineJoin = 'round';
    c.lineWidth = width * (0.6 + (points[2] ?? 50) / 125);
    c.beginPath();
    c.moveTo(at(0), at(1));
    for (let i = 3; i + 3 < points.length; i += 3)
      c.quadraticCurveTo(at(i), at(i + 1), (at(i) + at(i + 3)) / 2, (at(i + 1) + at(i + 4)) / 2);
    c.lineTo(at(points.length - 3) + 0.01, at(points.length - 2));
    c.stroke();
  }

  #at(e: PointerEvent): [number, number, number] {
    const box = this.#canvas.getBoundingClientRect();
    return [
      Math.round(((e.clientX - box.left) / box.width) * 1000),
      Math.round(((e.clientY - box.top) / box.height) * 625),
      Math.round((e.pressure || 0.5) * 100),
    ];
  }

  #down(e: PointerEvent): void {
    if (!this.enabled) return;
    this.#canvas.setPointerCapture(e.pointerId);
    const [x, y, p] = this.#at(e);
    if (this.erasing) {
      this.#eraseAt(x, y);
      return;
    }
    this.#current = { id: crypto.randomUUID(), points: [x, y, p], colour: this.colour, width: 4 };
    this.paint();
  }

  #move(e: PointerEvent): void {
    if (this.erasing && e.buttons) {
      const [x, y] = this.#at(e);
      this.#eraseAt(x, y);
      return;
    }
    if (!this.#current) return;
    for (const part of e.getCoalescedEvents?.() ?? [e]) {
      const [x, y, p] = this.#at(part);
      const last = this.#current.points;
      if (Math.hypot(x - (last.at(-3) ?? 0), y - (last.at(-2) ?? 0)) >= 3) last.push(x, y, p);
    }
    this.paint();
    if (this.#current.points.length >= 2700) {
      const again = this.#current;
      this.#up();
      this.#current = { ...again, id: crypto.randomUUID(), points: again.points.slice(-3) };
    }
  }

  #up(): void {
    if (!this.#current) return;
    const stroke = this.#current;
    this.#current = null;
    this.add(stroke);
    this.tell('drawn', stroke);
  }

  #eraseAt(x: number, y: number): void {
    for (const stroke of this.#strokes.values()) {
      for (let i = 0; i < stroke.points.length; i += 3) {
        if (Math.hypot((stroke.points[i] ?? 0) - x, (stroke.points[i + 1] ?? 0) - y) < 12) {
          this.erase(stroke.id);
          this.tell('erased', stroke.id);
          return;
        }
      }
    }
  }
}
