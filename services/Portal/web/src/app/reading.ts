// The API's reading page: each operation can be tried from it.
import { every } from '../dom';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The address with its blanks filled in; what was left empty is not asked. */
export function addressOf(path: string, inPath: [string, string][], inQuery: [string, string][]): string {
  const filled = inPath.reduce((made, [name, value]) => made.replace(`{${name}}`, encodeURIComponent(value)), path);
  const query = new URLSearchParams(inQuery.filter(([, value]) => value !== '')).toString();
  return query ? `${filled}?${query}` : filled;
}

export function tryOperations(): void {
  const token = document.querySelector<HTMLInputElement>('#api-token');
  if (!token) return;
  for (const hidden of every('[data-api-token], [data-api-try]')) hidden.hidden = false;
  for (const form of every<HTMLFormElement>('[data-api-try]'))
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(form, token.value.trim());
    });
}

async function send(form: HTMLFormElement, token: string): Promise<void> {
  const fields = (where: string) =>
    every<Field>(`[data-in=${where}]`, form).map((field): [string, string] => [field.name, field.value.trim()]);
  const shown = form.querySelector('[data-api-answer]');
  const headers = new Headers({ Accept: 'application/json' });
  if (token) headers.set('Authorization', `Bearer ${token}`);
  else headers.set('X-Request-Token', document.querySelector<HTMLInputElement>('[data-api-own] input')?.value ?? '');
  const body = fields('body')[0]?.[1];
  if (body) headers.set('Content-Type', 'application/json');
  const address = addressOf(form.dataset.path ?? '', fields('path'), fields('query'));
  try {
    const answer = await fetch(address, { method: form.dataset.method ?? 'GET', headers, ...(body ? { body } : {}) });
    if (shown) shown.textContent = `${answer.status} ${answer.statusText}\n${pretty(await answer.text())}`;
  } catch (error) {
    if (shown) shown.textContent = String(error);
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.slice(0, 20_000);
  }
}
