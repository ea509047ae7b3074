// The buttons beside a sheet: what the finger does on it, and in which colour.
import type { Kind2D } from '../contract';
import { element, pressed } from '../dom';
import { icon, type Shape } from '../icons';
import { type Key, say } from '../words/say';
import { colours } from './paint';

export type Tool = Exclude<Kind2D, 'text' | 'formula' | 'image'> | 'eraser' | 'laser' | 'text' | 'move';

const words: Record<Tool, [Shape | SVGElement, Key]> = {
  pen: ['pen', 'pencil'],
  eraser: ['rubber', 'eraser'],
  laser: ['laser', 'laser'],
  text: ['letters', 'write'],
  line: ['line', 'drawLine'],
  box: ['box', 'drawBox'],
  oval: ['oval', 'drawOval'],
  move: [drawn('M12 3v18M3 12h18M9 6l3-3l3 3M9 18l3 3l3-3M6 9l-3 3l3 3M18 9l3 3l-3 3'), 'moveTool'],
};

export class Tools {
  now: Tool = 'pen';
  colour: string = colours[0];
  #buttons: Map<Tool, HTMLButtonElement>;
  #chosen: (tool: Tool) => void;

  /** @param name with which its ids begin */
  constructor(name: string, tools: readonly Tool[], chosen: (tool: Tool) => void) {
    this.#chosen = chosen;
    this.#buttons = new Map(tools.map((tool) => [tool, toolButton(`${name}-${tool}`, ...words[tool], () => this.choose(tool))]));
    this.#write();
  }

  get buttons(): HTMLElement[] {
    return [...this.#buttons.values()];
  }

  #write(): void {
    for (const [tool, made] of this.#buttons) pressed(made, tool === this.now);
  }

  choose(tool: Tool): void {
    this.now = tool;
    this.#write();
    this.#chosen(tool);
  }

  swatches(): HTMLElement {
    const all = colours.map((colour, i) => {
      const made = element('button', { type: 'button', className: 'swatch', role: 'radio', ariaLabel: say(`colour${i}` as Key) });
      made.style.background = colour;
      made.setAttribute('aria-checked', String(i === 0));
      made.onclick = () => {
        this.colour = colour;
        if (this.now === 'eraser' || this.now === 'laser' || this.now === 'move') this.choose('pen');
        for (const s of all) s.setAttribute('aria-checked', String(s === made));
      };
      return made;
    });
    return element('div', { className: 'colours', role: 'radiogroup', ariaLabel: say('colour') }, ...all);
  }
}

/** A sign of the board's own, which comes with it. */
export function drawn(path: string): SVGElement {
  const made = icon('line');
  made.firstElementChild?.setAttribute('d', path);
  return made;
}

export function toolButton(id: string, shape: Shape | SVGElement, word: Key, act: () => void): HTMLButtonElement {
  const sign = typeof shape === 'string' ? icon(shape) : (shape.cloneNode(true) as SVGElement);
  const made = element('button', { type: 'button', id }, sign, element('span', {}, say(word)));
  made.onclick = act;
  return made;
}
