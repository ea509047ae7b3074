// The page's own files, kept on the device ahead of the day: asked for at the self-check, or once a class has run for a while.
export interface Kept {
  /** That were not there before. */
  fetched: number;
  /** Of them, as they came. */
  bytes: number;
  milliseconds: number;
}

const worker = '/classroom/files/worker.js';

/** Null where the browser keeps nothing, or where somebody counts what they load. */
export async function store(): Promise<Kept | null> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!navigator.serviceWorker || connection?.saveData) return null;
  await navigator.serviceWorker.register(worker, { scope: '/classroom/', updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (!active) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((told) => {
    port1.onmessage = (e: MessageEvent<Kept | null>) => told(e.data);
    active.postMessage('keep', [port2]);
  });
}
