// What stands against a move, in the two or three words that a target has room for. The whole sentences are the service's.
import type { Conflict } from './wire';
import type { Words } from './words';

type Short = (words: Words, pupil: string) => string;

const fixed =
  (french: string, english: string): Short =>
  ({ say }) =>
    say(french, english);

/** Of a pupil: who it is, unless it is the one in the hand. */
const of =
  (french: string, english: string): Short =>
  ({ say }, pupil) =>
    pupil ? `${pupil} ${say(french, english)}` : say(french, english);

const shorts = new Map<string, Short>(
  Object.entries({
    'closed-day': fixed('jour fermé', 'closed'),
    'module-twice': fixed('déjà une séance', 'a session already'),
    'too-many-modules-a-day': fixed('déjà une séance ce jour', 'a session that day already'),
    'teacher-unavailable': fixed('enseignant indisponible', 'teacher not available'),
    'teacher-busy': fixed('enseignant déjà pris', 'teacher busy'),
    'teacher-elsewhere': fixed('enseignant pris ailleurs', 'teacher busy elsewhere'),
    'teacher-too-many-stages': fixed('trop de stages pour l’enseignant', 'too many stages for the teacher'),
    'teacher-not-accepted': fixed('enseignant pas accepté', 'teacher not accepted'),
    'offer-withdrawn': fixed('enseignant retiré', 'teacher withdrew'),
    'offer-does-not-teach': fixed('pas sa matière', 'not their subject'),
    'group-too-large': fixed('complet', 'full'),
    'group-too-small': fixed('groupe trop petit', 'group too small'),
    'source-too-small': fixed('groupe quitté trop petit', 'group left too small'),
    'pupil-unavailable': of('indisponible', 'not available'),
    'pupil-clash': of('déjà en classe', 'in class already'),
    'pupil-elsewhere': of('en classe ailleurs', 'in class elsewhere'),
    'pupil-both-weeks': of('autre semaine', 'other week'),
    'pupil-level': of('autre niveau', 'another level'),
    'pupil-not-wishing': of('ne le demande pas', 'does not ask for it'),
    'already-placed': of('déjà placé', 'placed already'),
    'siblings-apart': of('frère ou sœur alors', 'sibling then'),
  }),
);

/** The first reason, and how many others there are; empty: none. `inHand`: the pupil who is being dragged. */
export function shortOf(conflicts: Conflict[], words: Words, inHand?: string): string {
  const [first] = conflicts;
  if (!first) return '';
  const { code, enrolmentId } = first;
  const pupil = enrolmentId && enrolmentId !== inHand ? words.pupil(enrolmentId) : '';
  // The same of several pupils is one reason.
  const same = conflicts.filter((other) => other.code === code);
  const people = new Set(same.map((other) => other.enrolmentId)).size;
  const short = shorts.get(code)?.(words, people > 1 ? words.say(`${people} élèves :`, `${people} pupils:`) : pupil);
  const others = new Set(conflicts.map((other) => other.code)).size - 1;
  return `${short ?? first.text}${others > 0 ? ` +${others}` : ''}`;
}
