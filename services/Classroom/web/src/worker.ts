// Keeps the page's own files on the device (storable.ts). Everything else goes to the network as if this were not here.
import { mayKeep } from './storable';
import type { Kept } from './store';

interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Lasting {
  data: unknown;
  ports: MessagePort[];
}
/** What a worker has that a page has not; the types of the two exclude each other. */
interface Scope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: 'install' | 'activate', take: (e: Lasting) => void): void;
  addEventListener(kind: 'fetch', take: (e: Asked) => void): void;
  addEventListener(kind: 'message', take: (e: Told) => void): void;
}
const scope = self as unknown as Scope;

const name = 'files';
const list = '/classroom/files/stored.json';

scope.addEventListener('install', (e) => e.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (e) => e.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (e) => {
  if (e.request.method === 'GET' && mayKeep(new URL(e.request.url), location.origin)) e.respondWith(answer(e.request));
});

async function answer(request: Request): Promise<Response> {
  return (await caches.match(request.url, { cacheName: name })) ?? fetch(request);
}

scope.addEventListener('message', (e) => {
  if (e.data === 'keep')
    e.waitUntil(
      keep().then(
        (kept) => e.ports[0]?.postMessage(kept),
        () => e.ports[0]?.postMessage(null),
      ),
    );
});

/** What the present build has, and nothing of those before it. */
async function keep(): Promise<Kept> {
  const names = (await (await fetch(list, { cache: 'no-store' })).json()) as string[];
  const wanted = names.map((file) => new URL(file, location.origin)).filter((address) => mayKeep(address, location.origin));
  const files = await caches.open(name);
  const from = performance.now();
  const kept: Kept = { fetched: 0, bytes: 0, milliseconds: 0 };
  // One after the other: somebody may be in class meanwhile.
  for (const { href } of wanted) {
    if (await files.match(href)) continue;
    const got = await fetch(href);
    if (!got.ok || got.type !== 'basic') throw new Error(href);
    await files.put(href, got);
    kept.fetched++;
    kept.bytes += (performance.getEntriesByName(href).at(-1) as PerformanceResourceTiming | undefined)?.encodedBodySize ?? 0;
  }
  kept.milliseconds = performance.now() - from;
  const known = new Set(wanted.map((address) => address.href));
  for (const old of await files.keys()) if (!known.has(old.url)) await files.delete(old);
  return kept;
}
