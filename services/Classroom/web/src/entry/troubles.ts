// What the check found broken, for who helps: the coordinators, told by a click, and a number to call. On the check's page, and at the door
// of a class, where it is loaded once something is found (door.ts).
import { $, element } from '../dom';
import { type Key, sayOf } from '../words/say';
import { ofHelp } from './help.words';

/** As the coordinators are told of it: what, and nothing of the device. */
const faults: Partial<Record<Key, string>> = {
  browserBad: 'browser',
  micBlocked: 'microphone',
  micMissing: 'microphone',
  micBusy: 'microphone',
  netBad: 'service',
  wayBad: 'connection',
  pathBad: 'sound',
  echoBad: 'sound',
  rateVoice: 'rate',
  lossBad: 'rate',
};

/** Without these nobody hears anybody. */
const grave = ['browser', 'microphone', 'service', 'connection', 'sound'];

const memory = 'help-line';

export class Found {
  #faults = new Set<string>();
  #numbers: string[] = JSON.parse(localStorage.getItem(memory) ?? '[]');
  #link = element('a', { id: 'tellAcademie', className: 'help', target: '_blank', rel: 'noopener' }, sayOf(ofHelp.tellAcademie));
  #tell = element('p', { id: 'tell', hidden: true }, this.#link);
  #line = element('p', { id: 'helpLine', role: 'status', hidden: true });

  constructor() {
    $('advice').after(this.#tell, this.#line);
  }

  /** Asked while there is a network: it is needed when there is none. */
  async learnNumbers(): Promise<void> {
    try {
      const answer = await fetch('/classroom/help', { signal: AbortSignal.timeout(5000) });
      if (!answer.ok) return;
      this.#numbers = await answer.json();
      localStorage.setItem(memory, JSON.stringify(this.#numbers));
      this.#show();
    } catch {
      // The number of the last time, if there was one.
    }
  }

  begin(): void {
    this.#faults.clear();
    this.#show();
  }

  add(good: boolean, key: Key): void {
    const fault = faults[key];
    if (good || !fault) return;
    this.#faults.add(fault);
    this.#show();
  }

  #show(): void {
    const all = [...this.#faults];
    this.#tell.hidden = !all.length;
    this.#link.href = `/verification/pannes?pannes=${all.join(',')}`;
    this.#line.hidden = !this.#numbers.length || !all.some((fault) => grave.includes(fault));
    this.#line.replaceChildren(`${sayOf(ofHelp.helpLine)} `, ...this.#numbers.flatMap((number, i) => [i ? ', ' : '', call(number)]));
  }
}

function call(number: string): HTMLAnchorElement {
  // +33467000001 as one says it in France; another country's stays whole.
  const spoken = number.replace(/^\+33(\d)/, '0$1').replace(/^(0\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1\u00A0$2\u00A0$3\u00A0$4\u00A0$5');
  return Object.assign(document.createElement('a'), { href: `tel:${number}`, textContent: spoken });
}
