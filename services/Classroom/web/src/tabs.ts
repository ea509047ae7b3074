// The panels beside the class, one at a time, with arrow keys as one expects of tabs.
import { Bus } from './bus';
import { $, element } from './dom';
import { say } from './words/say';

const all = ['people', 'chat', 'notes', 'documents', 'poll'] as const;
export type Tab = (typeof all)[number];
const forTeachers: readonly Tab[] = ['documents'];

export class Tabs extends Bus<{ chosen: Tab }> {
  #isTeacher: () => boolean;

  constructor(isTeacher: () => boolean) {
    super();
    this.#isTeacher = isTeacher;
    $('tabs').append(...all.map((t) => this.#make(t)));
    this.choose('people');
  }

  choose(tab: Tab): void {
    for (const t of all) {
      $(`panel-${t}`).hidden = t !== tab;
      const b = $(`tab-${t}`);
      b.setAttribute('aria-selected', String(t === tab));
      b.tabIndex = t === tab ? 0 : -1;
      if (t === tab) b.textContent = say(t);
    }
    this.tell('chosen', tab);
  }

  /** Something came to a panel that is not seen now. */
  somethingNew(tab: Tab): void {
    if ($(`panel-${tab}`).hidden) $(`tab-${tab}`).textContent = `${say(tab)} •`;
  }

  #make(t: Tab): HTMLElement {
    const b = element(
      'button',
      { type: 'button', role: 'tab', id: `tab-${t}`, className: forTeachers.includes(t) ? 'teacher' : '' },
      say(t),
    );
    b.dataset.tab = t;
    b.setAttribute('aria-controls', `panel-${t}`);
    b.onclick = () => this.choose(t);
    b.onkeydown = (e) => this.#step(t, e.key);
    $(`panel-${t}`).setAttribute('aria-labelledby', `tab-${t}`);
    return b;
  }

  #step(from: Tab, key: string): void {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    const mine = all.filter((x) => this.#isTeacher() || !forTeachers.includes(x));
    const to = mine[(mine.indexOf(from) + step + mine.length) % mine.length] ?? from;
    this.choose(to);
    $(`tab-${to}`).focus();
  }
}
