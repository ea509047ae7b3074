// A page of the teacher's document: a picture that the server keeps as long as the class lasts, and its text for those who cannot
// see the picture. Everybody follows the teacher; how large it is shown is each one's own.
import type { ShownPage } from '../contract';
import { $, press } from '../dom';
import { say } from '../words/say';

export class Pages {
  #query: () => string;
  #kept = new Map<string, Promise<[picture: string, words: string]>>();
  #shown: ShownPage | null = null;
  #zoom = 1;
  #wanted = 0;

  /** @param query who asks: module and seat, as the signalling is given them */
  constructor(query: () => string) {
    this.#query = query;
    $('pageSmaller').onclick = () => this.#resize(-0.5);
    $('pageLarger').onclick = () => this.#resize(0.5);
  }

  /** @param shown null for none */
  async show(shown: ShownPage | null): Promise<void> {
    const before = this.#shown;
    const picture = $<HTMLImageElement>('page');
    this.#shown = shown;
    if (!shown) return;
    const { id, name, pages, page } = shown;
    $('pageNumber').textContent = say('pageOf', page, pages);
    press('previousPage').disabled = page <= 1;
    press('nextPage').disabled = page >= pages;
    if (before?.id === id && before.page === page && picture.src) return;
    const turn = ++this.#wanted;
    $('pageView').setAttribute('aria-busy', 'true');
    try {
      const [loaded, words] = await this.#load(id, page);
      if (turn !== this.#wanted) return;
      picture.src = loaded;
      picture.alt = say('pageAlt', name, page, pages);
      $('pageWords').textContent = words;
      $('pageView').scrollTop = 0;
      $('pageView').setAttribute('aria-label', say('pageAlt', name, page, pages));
      // The next one is most often wanted next.
      if (page < pages) this.#load(id, page + 1).catch(() => {});
    } catch {
      // No network for now: tried again when the class is back, which shows the page anew.
      if (turn === this.#wanted) picture.removeAttribute('src');
    } finally {
      if (turn === this.#wanted) $('pageView').removeAttribute('aria-busy');
    }
  }

  #load(id: string, page: number): Promise<[picture: string, words: string]> {
    const key = `${id}/${page}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const loading = this.#fetch(key);
    this.#kept.set(key, loading);
    loading.catch(() => this.#kept.delete(key));
    return loading;
  }

  async #fetch(key: string): Promise<[picture: string, words: string]> {
    const [picture, words] = await Promise.all([
      fetch(`/classroom/pages/${key}?${this.#query()}`),
      fetch(`/classroom/pages/${key}/words?${this.#query()}`),
    ]);
    if (!picture.ok) throw new Error(String(picture.status));
    return [URL.createObjectURL(await picture.blob()), words.ok ? await words.text() : ''];
  }

  #resize(by: number): void {
    this.#zoom = Math.min(3, Math.max(1, this.#zoom + by));
    // With what is written on it.
    ($('page').parentElement as HTMLElement).style.width = `${100 * this.#zoom}%`;
    press('pageSmaller').disabled = this.#zoom === 1;
    press('pageLarger').disabled = this.#zoom === 3;
  }
}
