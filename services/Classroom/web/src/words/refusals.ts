// Why something that was wanted did not happen, by the code of the refusal.
import type { Key } from './say';

const known: Record<string, Key> = {
  'not-permitted': 'notPermitted',
  'teacher-only': 'teacherOnly',
  'too-fast': 'tooFast',
  'media-away': 'mediaAway',
  'not-now': 'notNow',
  offline: 'offline',
  rehearsal: 'rehearsalKept',
  unavailable: 'notRecorded',
  'not-everyone-agrees': 'recordWait',
  'too-many-documents': 'tooManyDocuments',
  'notes-full': 'notesFull',
  'board-full': 'boardFull',
  'slate-shown': 'slateIsShown',
};

/** What is not valid depends on what was asked for. */
const notValid: Record<string, Key> = {
  AskPoll: 'pollNotValid',
  FormGroups: 'pairsNotValid',
  MoveToGroup: 'groupFull',
  SetTimer: 'timerNotValid',
  Say: 'lineNotValid',
  Vote: 'pollOver',
  AddBoardPage: 'pagesFull',
  AskSlates: 'slateQuestionLong',
  MoveMark: 'moveNotValid',
};

export const whyNot = (asked: string, code: string | null | undefined): Key =>
  code === 'not-valid' ? (notValid[asked] ?? 'notValid') : (known[code ?? ''] ?? 'notDone');
