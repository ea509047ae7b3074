// Why something that was wanted did not happen, by the code of the refusal.
import type { Key } from './say';

const known: Record<string, Key> = {
  'not-permitted': 'notPermitted',
  'teacher-only': 'teacherOnly',
  'too-fast': 'tooFast',
  'media-away': 'mediaAway',
  'not-now': 'notNow',
  offline: 'offline',
  unavailable: 'notRecorded',
  'not-everyone-agrees': 'recordWait',
  'too-many-documents': 'tooManyDocuments',
  'notes-full': 'notesFull',
  'board-full': 'boardFull',
};

/** What is not valid depends on what was asked for. */
const notValid: Record<string, Key> = {
  AskPoll: 'pollNotValid',
  FormPairs: 'pairsNotValid',
  SetTimer: 'timerNotValid',
  Say: 'lineNotValid',
  Vote: 'pollOver',
};

export const whyNot = (asked: string, code: string | null | undefined): Key =>
  code === 'not-valid' ? (notValid[asked] ?? 'notValid') : (known[code ?? ''] ?? 'notDone');
