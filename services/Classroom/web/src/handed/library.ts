// The library at hand: the teacher finds a link or file that is accepted for the class, and hands it out among the files of the class.
import { element } from '../dom';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { sayOf } from '../words/say';
import type { Said } from '../words/tables';
import { size } from './size';
import { ofFiles } from './words';

const say = (key: keyof typeof ofFiles, ...values: unknown[]) => sayOf(ofFiles[key] as Said, ...values);

interface AtHand {
  id: string;
  title: string;
  about: string;
  fileName: string | null;
  host: string | null;
  size: number;
}

export class Library {
  readonly box = element('details', { id: 'library' });
  readonly #room: Room;
  readonly #handed: () => unknown;
  readonly #words = element('input', { type: 'search', id: 'libraryWords', maxLength: 100 });
  readonly #list = element('ul', { className: 'people' });
  readonly #state = element('p', { id: 'libraryState', className: 'small', role: 'status' });
  #found: AtHand[] = [];
  #given: ReadonlySet<string | null> = new Set();

  constructor(room: Room, handed: () => unknown) {
    this.#room = room;
    this.#handed = handed;
    const search = element('form', { className: 'stack' });
    search.append(element('label', {}, say('libraryWords'), ' ', this.#words), element('button', { type: 'submit' }, say('librarySearch')));
    search.onsubmit = (e) => {
      e.preventDefault();
      this.#look();
    };
    const hint = element('p', { className: 'small' }, say('libraryHint'));
    this.box.append(element('summary', {}, say('library')), hint, search, this.#state, this.#list);
    // Asked for when somebody wants it, and not by every class that opens its files.
    this.box.ontoggle = () => this.box.open && !this.#found.length && this.#look();
  }

  /** What lies in class already is not handed out again. */
  given(resources: ReadonlySet<string | null>): void {
    this.#given = resources;
    this.#draw();
  }

  async #look(): Promise<void> {
    try {
      const answer = await fetch(`/classroom/library?${this.#room.query}&words=${encodeURIComponent(this.#words.value)}`);
      if (!answer.ok) throw new Error();
      this.#found = (await answer.json()) as AtHand[];
      this.#state.textContent = this.#found.length ? say('libraryFound', this.#found.length) : say('libraryNone');
    } catch {
      this.#state.textContent = say('libraryNotRead');
    }
    this.#draw();
  }

  #draw(): void {
    redraw(this.#list, ...this.#found.map((r) => this.#line(r)));
  }

  #line(r: AtHand): HTMLElement {
    const kind = r.host ? say('libraryLink', r.host) : `${r.fileName}, ${size(r.size)}`;
    const line = element('li', {}, element('strong', {}, r.title), element('span', { className: 'small' }, `${r.about} (${kind})`));
    if (this.#given.has(r.id)) line.append(element('span', { className: 'small' }, say('libraryGiven')));
    else {
      const give = element('button', { type: 'button', ariaLabel: `${say('libraryGive')} – ${r.title}` }, say('libraryGive'));
      give.onclick = () => this.#give(r);
      line.append(give);
    }
    line.dataset.key = r.id;
    return line;
  }

  async #give(r: AtHand): Promise<void> {
    const answer = await fetch(`/classroom/library/${r.id}?${this.#room.query}`, { method: 'POST' }).catch(() => null);
    const code = answer?.ok ? null : ((await answer?.json().catch(() => null)) as { code?: string } | null)?.code;
    this.#state.textContent = answer?.ok ? say('filesDone', r.title) : say(code === 'files-full' ? 'filesFull' : 'filesNotSent');
    await this.#handed();
  }
}
