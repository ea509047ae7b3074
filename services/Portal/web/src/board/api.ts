import type { Conflict, Content, Page } from './wire';
import type { Say } from './words';

/** What the API answered. Without a connection the status is 0 and the problem says so. */
export type Answer<T> = { ok: true; status: number; value: T } | { ok: false; status: number; problem: Problem };

/** RFC 9457, with what our services add. */
export interface Problem {
  detail?: string | null;
  conflicts?: Conflict[];
}

export interface Preview {
  possible: boolean;
  conflicts: Conflict[];
}

export const textsOf = (conflicts: Problem['conflicts']): string[] => (conflicts ?? []).map((conflict) => conflict.text || conflict.code);

/** The public API, as any script speaks to it, with the signed-in coordinator's cookie. */
export class Api {
  readonly #token: string;
  readonly #say: Say;

  constructor(token: string, say: Say) {
    this.#token = token;
    this.#say = say;
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.#call<T>(path, { method: 'GET', headers: { Accept: 'application/json' } });
  }

  /** `version`: the state that the change was made for; another one refuses it with 412. */
  change<T>(method: 'PUT' | 'POST', path: string, body: unknown, version?: number): Promise<Answer<T>> {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'X-Request-Token': this.#token,
    };
    if (version !== undefined) headers['If-Match'] = `"${version}"`;
    return this.#call<T>(path, { method, headers, body: JSON.stringify(body) });
  }

  /** All pages of a list, page by page into the map. */
  async all<T extends { id: string }>(path: string, into: Map<string, T>): Promise<Answer<unknown>> {
    let from = '';
    while (true) {
      const answer = await this.get<Page<T>>(path + from);
      if (!answer.ok) return answer;
      for (const item of answer.value.items) into.set(item.id, item);
      if (!answer.value.next) return answer;
      from = `&after=${encodeURIComponent(answer.value.next)}`;
    }
  }

  /** What a move would break; nothing is changed. */
  async preview(stage: string, content: Content): Promise<Preview> {
    const answer = await this.change<Preview>('PUT', `/api/stages/${stage}?dryRun=true`, content);
    if (answer.ok) return answer.value;
    const { conflicts, detail } = answer.problem;
    const unnamed: Conflict = { code: '', text: detail ?? '', enrolmentId: null, stageId: null, slot: null };
    return { possible: false, conflicts: conflicts?.length ? conflicts : [unnamed] };
  }

  async #call<T>(path: string, request: RequestInit): Promise<Answer<T>> {
    try {
      const response = await fetch(path, request);
      const text = await response.text();
      const value = text ? JSON.parse(text) : null;
      const { ok, status } = response;
      return ok ? { ok, status, value } : { ok, status, problem: value ?? {} };
    } catch {
      const detail = this.#say('La connexion est coupée : rien n’a changé.', 'The connection is down: nothing has changed.');
      return { ok: false, status: 0, problem: { detail } };
    }
  }
}
