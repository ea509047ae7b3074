// Files: the teacher hands them out and sees who has handed in what; a pupil takes them, and hands in one of their own.
import { $, element } from '../dom';
import { icon } from '../icons';
import type { Panels } from '../panels';
import { redraw } from '../redraw';
import type { Room } from '../room';
import { announce } from '../status';
import { language, sayOf } from '../words/say';
import type { Said } from '../words/tables';
import './handed.css';
import { Library } from './library';
import { largest, patience, posting, sendUntilThere } from './send';
import { size } from './size';
import { ofFiles } from './words';

const say = (key: keyof typeof ofFiles, ...values: unknown[]) => sayOf(ofFiles[key] as Said, ...values);

/** Of a link from the library among files: it leads on and is not kept. */
const linkType = 'text/uri-list';

interface Handed {
  id: string;
  /** The pupil who handed it in; null: handed out. */
  workOf: string | null;
  to: string[] | null;
  name: string;
  type: string;
  size: number;
  at: string;
  /** Of the library. */
  resource: string | null;
}

const accepted = '.pdf,.png,.jpg,.jpeg,.docx,.odt,.txt,application/pdf,image/png,image/jpeg,text/plain';

export class FilesPanel {
  readonly #room: Room;
  readonly #panels: Panels;
  readonly #seen = new Set<string>();
  #files: Handed[] = [];
  readonly #lists = element('div');
  readonly #state = element('p', { id: 'filesState', className: 'small', role: 'status' });
  readonly #progress = element('progress', { id: 'filesProgress', max: 1, hidden: true, ariaLabel: say('filesProgress') });
  readonly #file = element('input', { id: 'filesFile', type: 'file', accept: accepted });
  readonly #chooses = element('span');
  readonly #pupils = element('div', { className: 'pupils', hidden: true });
  readonly #some = element('input', { type: 'radio', name: 'filesTo', id: 'filesToSome' });

  readonly #library: Library;
  #builtFor: boolean | null = null;

  constructor(room: Room, panels: Panels) {
    this.#room = room;
    this.#panels = panels;
    this.#file.onchange = () => this.#send();
    this.#library = new Library(room, () => this.look());
    room.on('people', () => this.#draw());
    this.#draw();
  }

  /** Anew when one's rights are others. */
  #build(): void {
    const room = this.#room;
    this.#builtFor = room.isTeacher;
    const sending = element('div', { className: 'stack' });
    if (room.isTeacher) sending.append(element('h3', {}, say('filesGive')), this.#toWhom());
    if (room.isPupil) sending.append(element('h3', {}, say('filesMine')), element('p', { className: 'small' }, say('filesMineHint')));
    if (room.isTeacher || room.isPupil) sending.append(element('label', {}, this.#chooses, ' ', this.#file), this.#progress);
    if (room.isTeacher) sending.append(element('p', { className: 'small' }, say('filesKinds')), this.#library.box);
    const title = $('panel-files').querySelector('h2') ?? '';
    // What is to be taken comes first for who takes it.
    const parts = room.isPupil ? [this.#lists, sending] : [sending, this.#lists];
    $('panel-files').replaceChildren(title, ...parts, this.#state, element('p', { className: 'small' }, say('filesKept')));
  }

  /** @param news something came: whoever does something else is told */
  async look(news = false): Promise<void> {
    try {
      const answer = await fetch(`/classroom/handed?${this.#room.query}`);
      if (!answer.ok) throw new Error();
      this.#files = (await answer.json()) as Handed[];
      if (this.#state.textContent === say('filesNotRead')) this.#state.textContent = '';
    } catch {
      if (this.#panels.isOpen('files')) this.#state.textContent = say('filesNotRead');
      return;
    }
    this.#draw();
    const fresh = this.#files.filter((f) => !this.#seen.has(f.id) && (this.#room.isPupil ? !f.workOf : f.workOf));
    if (this.#panels.isOpen('files')) for (const f of this.#files) this.#seen.add(f.id);
    this.#panels.count('files', fresh.length);
    if (news && fresh.length) announce(say(this.#room.isPupil ? 'filesCame' : 'filesWorkCame'));
  }

  #draw(): void {
    if (this.#builtFor !== this.#room.isTeacher) this.#build();
    const { isPupil, isTeacher, me } = this.#room;
    const given = this.#files.filter((f) => !f.workOf);
    const list = (files: HTMLElement[]) =>
      files.length ? element('ul', { className: 'people' }, ...files) : element('p', { className: 'small' }, say('filesNone'));
    const parts: HTMLElement[] = [
      element('h3', {}, say(isPupil ? 'filesForYou' : 'filesGiven')),
      list(given.map((f) => this.#line(f, f.to ? say('filesGivenTo', f.to.map((p) => this.#name(p)).join(', ')) : '', isTeacher))),
    ];
    if (isPupil) {
      const mine = this.#files.find((f) => f.workOf === me);
      this.#chooses.textContent = say(mine ? 'filesMineAgain' : 'filesChoose');
      if (mine) parts.push(element('h3', {}, say('filesMineThere', this.#hour(mine))), list([this.#line(mine, '', true)]));
    } else {
      this.#chooses.textContent = say('filesChoose');
      parts.push(...this.#works());
    }
    redraw(this.#lists, ...parts);
    this.#library.given(new Set(this.#files.map((f) => f.resource)));
    this.#drawPupils();
  }

  /** Who has handed in, and who has not. */
  #works(): HTMLElement[] {
    const all = this.#all();
    const lines = all.map(([id, name]) => {
      const work = this.#files.find((f) => f.workOf === id);
      const line = work
        ? this.#line(work, say('filesWorkOf', this.#hour(work)), this.#room.isTeacher)
        : element('li', {}, element('span', { className: 'small' }, say('filesNoWork')));
      line.prepend(element('span', { className: 'who' }, name));
      line.dataset.key = id;
      return line;
    });
    const done = all.filter(([id]) => this.#files.some((f) => f.workOf === id)).length;
    return [element('h3', {}, say('filesWorks', done, all.length)), element('ul', { className: 'people' }, ...lines)];
  }

  /** Pupils who are here, and those who are not yet. */
  #all(): [string, string][] {
    const { people, missing } = this.#room.roster;
    const here = people.filter((p) => p.role === 'pupil').map((p): [string, string] => [p.id, p.name]);
    return [...here, ...missing.map((p): [string, string] => [p.id, p.name])].sort((a, b) => a[1].localeCompare(b[1]));
  }

  #line(f: Handed, fact: string, mayRemove: boolean): HTMLElement {
    const href = `/classroom/handed/${f.id}?${this.#room.query}`;
    const leads = f.type === linkType;
    const link = leads
      ? element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, icon('link'), f.name)
      : element('a', { href, download: f.name }, icon('save'), f.name);
    link.setAttribute('aria-label', leads ? say('filesFollow', f.name) : say('filesTake', f.name, size(f.size)));
    const line = element('li', {}, link);
    line.append(element('span', { className: 'small' }, [leads ? say('filesLink') : size(f.size), fact].filter(Boolean).join(' · ')));
    if (mayRemove) {
      const remove = element('button', { type: 'button', ariaLabel: `${say('filesRemove')} – ${f.name}` }, say('filesRemove'));
      remove.onclick = () => this.#remove(f);
      line.append(remove);
    }
    line.dataset.key = f.id;
    return line;
  }

  async #remove(f: Handed): Promise<void> {
    await fetch(`/classroom/handed/${f.id}?${this.#room.query}`, { method: 'DELETE' }).catch(() => {});
    this.look();
  }

  #toWhom(): HTMLElement {
    const all = element('input', { type: 'radio', name: 'filesTo', checked: true });
    const changed = () => {
      this.#pupils.hidden = !this.#some.checked;
      this.#state.textContent = '';
    };
    all.onchange = this.#some.onchange = changed;
    return element(
      'fieldset',
      {},
      element('legend', {}, say('filesTo')),
      element('label', {}, all, ' ', say('filesToAll')),
      element('label', {}, this.#some, ' ', say('filesToSome')),
      this.#pupils,
    );
  }

  #drawPupils(): void {
    const chosen = new Set(this.#chosen());
    const lines = this.#all().map(([id, name]) => {
      const box = element('input', { type: 'checkbox', value: id, checked: chosen.has(id) });
      return element('label', {}, box, ' ', name);
    });
    const same =
      [...this.#pupils.querySelectorAll('input')].map((i) => i.value).join() ===
      this.#all()
        .map(([id]) => id)
        .join();
    if (!same) this.#pupils.replaceChildren(...lines);
  }

  #chosen = () => [...this.#pupils.querySelectorAll('input')].filter((i) => i.checked).map((i) => i.value);

  async #send(): Promise<void> {
    const file = this.#file.files?.[0];
    if (!file) return;
    const some = this.#room.isTeacher && this.#some.checked;
    const to = some ? this.#chosen() : [];
    this.#state.textContent = '';
    if (some && !to.length) this.#state.textContent = say('filesToNobody');
    else if (file.size > largest) this.#state.textContent = say('filesTooLarge');
    else this.#state.textContent = await this.#post(file, to);
    this.#file.value = '';
  }

  /** What came of it, in words. */
  async #post(file: File, to: string[]): Promise<string> {
    this.#file.disabled = true;
    this.#progress.hidden = false;
    const form = () => {
      const made = new FormData();
      made.append('file', file, file.name);
      for (const pupil of to) made.append('to', pupil);
      return made;
    };
    const told = {
      part: (part: number) => {
        this.#progress.value = part;
        const words = part < 1 ? say('filesSending', Math.floor(part * 10) * 10) : say('filesLooking');
        if (this.#state.textContent !== words) this.#state.textContent = words;
      },
      again: () => {
        this.#state.textContent = say('filesAgain');
      },
    };
    const address = `/classroom/handed/${crypto.randomUUID()}?${this.#room.query}`;
    const wrong = await sendUntilThere(posting(address, form), told, patience);
    this.#file.disabled = false;
    this.#progress.hidden = true;
    this.#file.focus();
    if (wrong) return say(wrong);
    await this.look();
    return say(this.#room.isPupil ? 'filesMineDone' : 'filesDone', file.name);
  }

  #name = (id: string) => this.#all().find(([pupil]) => pupil === id)?.[1] ?? '…';

  #hour = (f: Handed) => new Date(f.at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
}
