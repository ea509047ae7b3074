// Without a connection, pages say so and keep what was typed; nothing personal is ever stored here.
const name = 'stages-1';
addEventListener('install', (e) =>
  e.waitUntil(
    caches
      .open(name)
      .then((c) => c.addAll(['/hors-ligne', '/icon.svg'].map((u) => new Request(u, { credentials: 'omit' }))))
      .then(() => self.skipWaiting()),
  ),
);
addEventListener('activate', (e) =>
  e.waitUntil(
    caches
      .keys()
      .then((keys) => Promise.all(keys.filter((k) => k !== name).map((k) => caches.delete(k))))
      .then(() => self.clients.claim()),
  ),
);
addEventListener('fetch', (e) => {
  if (e.request.mode !== 'navigate') return;
  e.respondWith(fetch(e.request).catch(async () => (await caches.match('/hors-ligne')) ?? Response.error()));
});
