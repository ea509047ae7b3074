// The whiteboard: strokes in thousandths of its width, smoothed through the middles between points.

export const colours = ['#1b1f24', '#1a4fa3', '#b3261e', '#1c6b3a', '#8a4b00'];

export class Board extends EventTarget {
  #canvas;
  #context;
  #strokes = new Map();
  #current = null;
  colour = colours[0];
  erasing = false;
  enabled = true;

  constructor(canvas) {
    super();
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    canvas.addEventListener('pointerdown', (e) => this.#down(e));
    canvas.addEventListener('pointermove', (e) => this.#move(e));
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => this.#up());
  }

  get count() {
    return this.#strokes.size;
  }

  set(strokes) {
    this.#strokes = new Map(strokes.map((s) => [s.id, s]));
    this.paint();
  }
  add(stroke) {
    this.#strokes.set(stroke.id, stroke);
    this.paint();
  }
  erase(id) {
    this.#strokes.delete(id);
    this.paint();
  }
  clear() {
    this.#strokes.clear();
    this.paint();
  }

  paint() {
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    for (const stroke of this.#strokes.values()) this.#line(stroke);
    if (this.#current) this.#line(this.#current);
  }

  #line({ points, colour, width }) {
    const c = this.#context;
    c.strokeStyle = colour;
    c.lineCap = c.lineJoin = 'round';
    c.lineWidth = width * (0.6 + (points[2] ?? 50) / 125);
    c.beginPath();
    c.moveTo(points[0], points[1]);
    for (let i = 3; i + 3 < points.length; i += 3)
      c.quadraticCurveTo(points[i], points[i + 1], (points[i] + points[i + 3]) / 2, (points[i + 1] + points[i + 4]) / 2);
    c.lineTo(points[points.length - 3] + 0.01, points[points.length - 2]);
    c.stroke();
  }

  #at(e) {
    const box = this.#canvas.getBoundingClientRect();
    return [
      Math.round(((e.clientX - box.left) / box.width) * 1000),
      Math.round(((e.clientY - box.top) / box.height) * 625),
      Math.round((e.pressure || 0.5) * 100),
    ];
  }

  #down(e) {
    if (!this.enabled) return;
    this.#canvas.setPointerCapture(e.pointerId);
    const [x, y, p] = this.#at(e);
    if (this.erasing) return this.#eraseAt(x, y);
    this.#current = { id: crypto.randomUUID(), points: [x, y, p], colour: this.colour, width: 4 };
    this.paint();
  }

  #move(e) {
    if (this.erasing && e.buttons) {
      const [x, y] = this.#at(e);
      this.#eraseAt(x, y);
      return;
    }
    if (!this.#current) return;
    for (const part of e.getCoalescedEvents?.() ?? [e]) {
      const [x, y, p] = this.#at(part);
      const last = this.#current.points;
      if (Math.hypot(x - last[last.length - 3], y - last[last.length - 2]) >= 3) last.push(x, y, p);
    }
    this.paint();
    if (this.#current.points.length >= 2700) {
      const again = this.#current;
      this.#up();
      this.#current = { ...again, id: crypto.randomUUID(), points: again.points.slice(-3) };
    }
  }

  #up() {
    if (!this.#current) return;
    const stroke = this.#current;
    this.#current = null;
    this.add(stroke);
    this.dispatchEvent(new CustomEvent('drawn', { detail: stroke }));
  }

  #eraseAt(x, y) {
    for (const stroke of this.#strokes.values()) {
      for (let i = 0; i < stroke.points.length; i += 3) {
        if (Math.hypot(stroke.points[i] - x, stroke.points[i + 1] - y) < 12) {
          this.erase(stroke.id);
          this.dispatchEvent(new CustomEvent('erased', { detail: stroke.id }));
          return;
        }
      }
    }
  }
}
