// What others do comes as server-sent events.

import type { Answer } from './api';
import type { Change } from './news';
import { changeOf, nameOf, summary } from './news';
import type { Board } from './parts';
import type { News, Page, Stage } from './wire';

export class Live {
  readonly #board: Board;
  readonly #tell: (change: Change) => void;
  #held: News[] = [];
  #isHolding = false;

  /** `tell`: whoever else wants to know what somebody has changed. */
  constructor(board: Board, tell: (change: Change) => void) {
    this.#board = board;
    this.#tell = tell;
  }

  listen(): void {
    const { campaign, root } = this.#board;
    const events = new EventSource(`/api/campaigns/${campaign}/stages/events`);
    let isHeard = false;
    events.addEventListener('stages', (event: MessageEvent<string>) => this.#hear(JSON.parse(event.data)));
    // The browser connects again by itself; what happened between is read once it has.
    events.addEventListener('here', () => {
      root.dataset.live = 'yes';
      if (!isHeard && root.dataset.ready === 'yes') this.reread();
      isHeard = true;
    });
    events.addEventListener('anew', () => this.reread());
    events.addEventListener('error', () => {
      root.dataset.live = 'no';
      isHeard = false;
    });
  }

  /** While something is dragged, news waits until it is dropped. */
  hold(isHolding: boolean): void {
    this.#isHolding = isHolding;
    if (!isHolding) this.#flush();
  }

  read(): Promise<Answer<Page<Stage>>> {
    return this.#board.api.get(`/api/campaigns/${this.#board.campaign}/stages`);
  }

  /** Everything anew, after a connection that broke. */
  async reread(): Promise<void> {
    const { views, model } = this.#board;
    const answer = await this.read();
    if (!answer.ok) return;
    const there = new Set(answer.value.items.map((stage) => stage.id));
    for (const id of [...model.stages.keys()]) if (!there.has(id)) views.drop(id);
    for (const stage of answer.value.items) if (model.isNews(stage)) views.put(stage, true);
  }

  #hear(news: News[]): void {
    this.#held.push(...news);
    if (!this.#isHolding) this.#flush();
  }

  #flush(): void {
    const { views, line, me, model, words } = this.#board;
    const news = this.#held;
    this.#held = [];
    const sentences: string[] = [];
    for (const each of news) {
      const change = changeOf(each, me, model, words);
      model.lastBy.set(each.stageId, nameOf(each, me, words));
      if (!change) continue;
      if (change.now) views.put(change.now, !change.isMine);
      else views.drop(change.stage);
      if (change.sentence) {
        sentences.push(change.sentence);
        this.#tell(change);
      }
    }
    if (sentences.length > 0 && !line.isAsking) line.tell(summary(sentences, words));
  }
}
