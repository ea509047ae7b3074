// What is worked out for the desk, without a page.

const minute = 60_000;
const warnBefore = 5 * minute;

/** Minutes until the end, rounded up; null while there is still time enough to say nothing of it. */
export function minutesLeft(endsAt: string, now: number): number | null {
  const left = Date.parse(endsAt) - now;
  return left > warnBefore ? null : Math.ceil(left / minute);
}

export const clock = (seconds: number): string =>
  seconds > 0 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : '0:00';

/** One answer a line; lines without one are none. */
export const answersIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Names of the pupils in class of whom there is no answer yet. */
export const missingAnswers = (inside: readonly { id: string; name: string; role: string }[], answered: readonly string[]): string[] =>
  inside.filter((p) => p.role === 'pupil' && !answered.includes(p.id)).map((p) => p.name);

/** What was written last, for who reads along. */
export const lastLine = (text: string): string => answersIn(text).pop() ?? '';
