import { every, one } from '../dom';

/** What others do appears by itself: the marked part of the page is read anew, unless somebody is in the middle of it. */
export function readAnew(): void {
  for (const part of every('[data-fresh]'))
    setInterval(async () => {
      const now = one('[data-fresh]');
      if (document.hidden || now.contains(document.activeElement) || now.querySelector('details[open]')) return;
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-fresh]');
      if (fresh) now.replaceWith(document.adoptNode(fresh));
      // What was waited for is there: the page has become another.
      else location.reload();
    }, Number(part.dataset.fresh) * 1000);
}

/** Installed or not, a lost connection shows a page of ours. */
export function workOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  if (location.protocol !== 'https:' && location.hostname !== 'localhost') return;
  addEventListener('load', () => {
    // Refused, as in a private window: the pages work all the same.
    navigator.serviceWorker.register('/sw.js').catch(() => {});
  });
}
