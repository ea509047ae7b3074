// The panels beside the class: closed until somebody wants one, one at a time. What came to a closed one is counted on its button.
import { Bus } from './bus';
import { $, element, press } from './dom';
import { icon, type Shape } from './icons';
import { say } from './words/say';

const all = ['chat', 'notes', 'files', 'poll', 'documents', 'people'] as const;
export type Panel = (typeof all)[number];
const signs: Record<Panel, Shape> = { chat: 'chat', notes: 'notes', files: 'save', poll: 'bars', documents: 'sheet', people: 'people' };
const forTeachers: readonly Panel[] = ['documents'];

export class Panels extends Bus<{ chosen: Panel; news: number }> {
  #news = new Map<Panel, number>();
  #now: Panel | null = null;

  constructor() {
    super();
    for (const panel of all) $(panel === 'documents' ? 'extras' : 'panels').append(this.#make(panel));
    press('closePanel').replaceChildren(icon('cross'));
    press('closePanel').setAttribute('aria-label', say('closePanel'));
    press('closePanel').onclick = () => this.#leave();
    $('side').onkeydown = (e) => {
      if (e.key === 'Escape') this.#leave();
    };
  }

  /** The one that is open. */
  get now(): Panel | null {
    return this.#now;
  }

  isOpen(panel: Panel): boolean {
    return this.#now === panel;
  }

  /** @param focus unless nobody asked for it */
  open(panel: Panel, focus = true): void {
    this.#now = panel;
    this.#news.delete(panel);
    this.#draw();
    this.tell('chosen', panel);
    if (focus) $(`panel-${panel}`).focus({ preventScroll: true });
  }

  close(): void {
    this.#now = null;
    this.#draw();
  }

  /** Something came to a panel that is not seen now. */
  somethingNew(panel: Panel): void {
    this.count(panel, (this.#news.get(panel) ?? 0) + 1);
  }

  count(panel: Panel, many: number): void {
    this.#news.set(panel, this.isOpen(panel) ? 0 : many);
    this.#draw();
  }

  #leave(): void {
    const left = this.#now;
    this.close();
    if (left) $(`tab-${left}`).focus();
  }

  #make(panel: Panel): HTMLElement {
    const b = element('button', { type: 'button', id: `tab-${panel}`, className: forTeachers.includes(panel) ? 'teacher' : '' });
    // There is none yet.
    b.hidden = panel === 'poll';
    b.setAttribute('aria-controls', `panel-${panel}`);
    b.setAttribute('aria-expanded', 'false');
    b.append(icon(signs[panel]), element('span', {}, say(panel)), element('span', { className: 'badge', hidden: true }));
    b.onclick = () => (this.isOpen(panel) ? this.close() : this.open(panel));
    return b;
  }

  #draw(): void {
    $('side').hidden = !this.#now;
    document.body.classList.toggle('withPanel', !!this.#now);
    for (const panel of all) {
      const open = this.isOpen(panel);
      $(`panel-${panel}`).hidden = !open;
      $(`tab-${panel}`).setAttribute('aria-expanded', String(open));
      badge($(`tab-${panel}`), this.#news.get(panel) ?? 0);
    }
    const sum = [...this.#news.values()].reduce((a, b) => a + b, 0);
    this.tell('news', sum);
  }
}

/** How many, for eyes and ears. */
export function badge(button: HTMLElement, many: number): void {
  const sign = button.querySelector<HTMLElement>('.badge');
  if (!sign) return;
  sign.hidden = !many;
  sign.replaceChildren(many > 9 ? '9+' : String(many), element('span', { className: 'hiddenText' }, ` ${say('news')}`));
}
