// Without a connection, pages say so and keep what was typed; nothing personal is ever stored here.
// What the library calls `self` is any worker; this is the one between pages and network.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const store = 'stages-1';
const kept = ['/hors-ligne', '/icon.svg'];

async function install(): Promise<void> {
  const cache = await caches.open(store);
  await cache.addAll(kept.map((address) => new Request(address, { credentials: 'omit' })));
  await worker.skipWaiting();
}

async function forgetOlder(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name !== store);
  await Promise.all(older.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function fromNetworkOrOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/hors-ligne')) ?? Response.error();
  }
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(forgetOlder()));
worker.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(fromNetworkOrOffline(event.request));
});
