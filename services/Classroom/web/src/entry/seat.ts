// The ticket, once; then the seat, as long as the class lasts.
import type { Role } from '../contract';
import type { Room } from '../room';
import { banner } from '../status';
import { isChild } from '../words/child';
import { language, say, speakToChild } from '../words/say';
import { explain, getOut } from './out';

export interface Seat {
  participantId: string;
  recordingAllowed: boolean;
  role: Role;
  levels?: string[];
}

export const module = location.pathname.split('/').pop() ?? '';
const memory = `class-${module}`;

export const ticket = location.hash.slice(1);

export function forget(): void {
  sessionStorage.removeItem(memory);
  localStorage.removeItem(memory);
}

/** What this tab knows of its own class, over a reload. */
export const kept = {
  read: (what: string) => sessionStorage.getItem(`${memory}-${what}`),
  write: (what: string, value: string) => sessionStorage.setItem(`${memory}-${what}`, value),
};

/** Drawn once for this tab: a seat that was given and whose answer was lost is given to it again, and to nobody else. */
function attempt(): string {
  const known = kept.read('attempt') ?? crypto.randomUUID();
  kept.write('attempt', known);
  return known;
}

/** The ticket stays in the address until somebody has answered: a page that is loaded again without a network still has it. */
async function showTicket(): Promise<Response> {
  for (let pause = 1000; ; pause = Math.min(2 * pause, 8000)) {
    const answer = await fetch('/classroom/enter', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ moduleId: module, ticket, attempt: attempt() }),
    }).catch(() => null);
    if (answer && answer.status !== 429 && answer.status < 500) {
      history.replaceState(null, '', location.pathname + location.search);
      banner('');
      return answer;
    }
    banner(say('noAnswer'));
    await new Promise((again) => setTimeout(again, pause));
  }
}

/** Null when there is none: the page says so. */
export async function takeSeat(room: Room): Promise<Seat | null> {
  let seat: Seat | null = JSON.parse(sessionStorage.getItem(memory) ?? localStorage.getItem(memory) ?? 'null');
  if (ticket) {
    const answer = await showTicket();
    if (answer.ok) {
      seat = (await answer.json()) as Seat;
      sessionStorage.setItem(memory, JSON.stringify(seat));
      localStorage.setItem(memory, JSON.stringify(seat));
    } else if (!seat) {
      const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
      getOut(room, 'link');
      if (problem.detail) explain(problem.detail);
      return null;
    }
  }
  if (!seat) {
    getOut(room, 'link');
    return null;
  }
  await speakToChild(isChild(seat.role, seat.levels ?? []));
  room.query = `module=${module}&seat=${seat.participantId}`;
  return seat;
}
