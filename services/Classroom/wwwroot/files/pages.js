// A page of the teacher's document: a picture that the server keeps as long as the class lasts, and its text for those who cannot
// see the picture. Everybody follows the teacher; how large it is shown is each one's own.
import { say } from './words.js';

const $ = (id) => document.getElementById(id);

export class Pages {
  #query;
  #kept = new Map();
  #shown = null;
  #zoom = 1;
  #wanted = 0;

  /** @param query who asks: module and seat, as the signalling is given them */
  constructor(query) {
    this.#query = query;
    $('pageSmaller').onclick = () => this.#resize(-0.5);
    $('pageLarger').onclick = () => this.#resize(0.5);
  }

  /** @param shown {id, name, pages, page}, or null for none */
  async show(shown) {
    const before = this.#shown;
    this.#shown = shown;
    $('pagePane').hidden = !shown;
    if (!shown) return;
    const { id, name, pages, page } = shown;
    $('pageNumber').textContent = say('pageOf', page, pages);
    $('previousPage').disabled = page <= 1;
    $('nextPage').disabled = page >= pages;
    if (before?.id === id && before.page === page && $('page').src) return;
    const turn = ++this.#wanted;
    $('pageView').setAttribute('aria-busy', 'true');
    try {
      const [picture, words] = await this.#load(id, page);
      if (turn !== this.#wanted) return;
      $('page').src = picture;
      $('page').alt = say('pageAlt', name, page, pages);
      $('pageWords').textContent = words;
      $('pageView').scrollTop = 0;
      $('pageView').setAttribute('aria-label', say('pageAlt', name, page, pages));
      // The next one is most often wanted next.
      if (page < pages) this.#load(id, page + 1).catch(() => {});
    } catch {
      // No network for now: tried again when the class is back, which shows the page anew.
      if (turn === this.#wanted) $('page').removeAttribute('src');
    } finally {
      if (turn === this.#wanted) $('pageView').removeAttribute('aria-busy');
    }
  }

  #load(id, page) {
    const key = `${id}/${page}`;
    if (!this.#kept.has(key)) {
      const loading = (async () => {
        const [picture, words] = await Promise.all([
          fetch(`/classroom/pages/${key}?${this.#query}`),
          fetch(`/classroom/pages/${key}/words?${this.#query}`),
        ]);
        if (!picture.ok) throw new Error(String(picture.status));
        return [URL.createObjectURL(await picture.blob()), words.ok ? await words.text() : ''];
      })();
      this.#kept.set(key, loading);
      loading.catch(() => this.#kept.delete(key));
    }
    return this.#kept.get(key);
  }

  #resize(by) {
    this.#zoom = Math.min(3, Math.max(1, this.#zoom + by));
    $('page').style.width = `${100 * this.#zoom}%`;
    $('pageSmaller').disabled = this.#zoom === 1;
    $('pageLarger').disabled = this.#zoom === 3;
  }
}
