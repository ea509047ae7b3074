import { every } from '../dom';

interface Progress {
  progress: number;
  score?: { placedWishes: number; gap: number } | null;
}

export const percent = (share: number, language: string): string =>
  `${(share * 100).toLocaleString(language, { maximumFractionDigits: 1 })} %`;

/** A pairing run is followed as it goes; without a script the page is reloaded by hand. */
export function followRuns(): void {
  for (const run of every('[data-run]')) {
    const events = new EventSource(`/api/pairings/${run.dataset.run}/events`);
    events.addEventListener('progress', (event: MessageEvent<string>) => show(run, JSON.parse(event.data)));
    events.addEventListener('ended', () => {
      events.close();
      location.reload();
    });
  }
}

/** As the page of a run that has ended says it. */
export const gapText = (gap: number, proved: string | undefined, language: string): string =>
  gap <= 0 && proved ? proved : percent(gap, language);

function show(run: HTMLElement, { progress, score }: Progress): void {
  const bar = run.querySelector('progress');
  if (bar) bar.value = progress;
  if (!score) return;
  const placed = run.querySelector('[data-placed]');
  const gap = run.querySelector<HTMLElement>('[data-gap]');
  if (placed) placed.textContent = String(score.placedWishes);
  if (gap) gap.textContent = gapText(score.gap, gap.dataset.proved, document.documentElement.lang);
  // The first result: the page as the server draws it has a place for figures.
  if (!placed) location.reload();
}
