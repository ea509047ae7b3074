// What the service says and is told: RoomHub and LiveClass, as JSON has them.

export type Role = 'teacher' | 'pupil' | 'coordinator';
export type Quality = 'good' | 'weak' | 'audio';
export type Kind = 'audio' | 'video';

export interface Flags {
  microphone: boolean;
  camera: boolean;
  sharing: boolean;
  quality: Quality;
}

export interface Person {
  id: string;
  name: string;
  role: Role;
  /** Has a teacher's rights, by the teacher. */
  leads?: boolean;
  admitted: boolean;
  flags: Flags;
}

export interface Expected {
  id: string;
  name: string;
  removed: boolean;
}

export interface RecordingState {
  id: string | null;
  days: number;
  forFamilies: boolean;
  asked: boolean;
  mine: boolean | null;
  all: boolean;
  answers: Record<string, boolean> | null;
}

export interface Roster {
  begun: boolean;
  locked: boolean;
  admitted: boolean;
  paused: boolean;
  ended: boolean;
  people: Person[];
  recording: RecordingState | null;
  missing: Expected[];
}

export interface Permissions {
  chat: boolean;
  microphone: boolean;
  camera: boolean;
  board: boolean;
  notes: boolean;
}

export interface Poll {
  id: string;
  question: string;
  options: string[];
  closed: boolean;
  mine: number | null;
  answers: number;
  answered: string[] | null;
  right: number | null;
  counts: number[] | null;
}

export interface LaidDocument {
  id: string;
  name: string;
  pages: number;
}

export interface ShownPage extends LaidDocument {
  page: number;
}

export type View = 'faces' | 'board' | 'document' | 'screen' | 'slates';

export type Reaction = 'understood' | 'lost' | 'slower' | 'done' | 'bravo';

export type Ruling = 'plain' | 'seyes' | 'squares';

export interface SlateRound {
  /** Grows with each question. */
  number: number;
  question: string;
  /** Who holds theirs up: to a pupil, whether they do. */
  shown: string[];
  /** Whose slate the class sees. */
  onStage: string | null;
}

export interface Desk {
  view: View;
  /** What each page of the board is ruled with. */
  pages: Ruling[];
  /** The one that everybody has before them, from 1. */
  page: number;
  /** Null until the teacher hands them out. */
  slates: SlateRound | null;
  /** How often the teacher asked everybody to look at it. */
  eyesCalled: number;
  permissions: Permissions;
  hands: string[];
  /** Whose turn it is to speak. */
  floor: string | null;
  timerEndsAt: string | null;
  documents: LaidDocument[];
  shown: ShownPage | null;
  groups: string[][];
  /** Of which drawing they are. */
  round: number | null;
  /** For adults: the groups that there were. */
  rounds: { number: number; groups: string[][] }[];
  visiting: number | null;
  myGroup: number | null;
  poll: Poll | null;
}

export interface ChatLine {
  id: string;
  from: string;
  name: string;
  /** `all`, `teacher`, or the id of the pupil for whom alone it is. */
  to: string;
  text: string;
}

/** A formula is a text in which one stands, between two dollar signs. */
export type Kind2D = 'pen' | 'line' | 'box' | 'oval' | 'text' | 'formula' | 'image';

/** Something on a sheet. */
export interface Mark {
  id: string;
  /** x, y in thousandths of the sheet's width, and pressure in percent, one after the other. */
  points: number[];
  colour: string;
  width: number;
  kind: Kind2D;
  /** Of a picture what is to be seen on it. */
  text?: string | null;
  picture?: string | null;
}

export interface Stroke extends Mark {
  /** Where: `page/2`, `slate/…`, `group/0`, `document/…/1`. */
  sheet: string;
  by: string;
  /** How often it was moved. */
  moved?: number;
}

/** Where a mark is since then. */
export interface Moved extends Pick<Mark, 'id' | 'points' | 'width'> {
  moved: number;
  /** Who moved it. */
  mover?: string;
}

/** A line while it is drawn; without a name, where somebody points. */
export interface Ink {
  participantId: string;
  sheet: string;
  stroke: string | null;
  from: number;
  points: number[];
  colour: string;
  width: number;
}

/** What the timetable says, which may change while a class runs. */
export interface Hours {
  startsAt: string;
  endsAt: string;
  closesAt: string;
  nextAt: string | null;
  timeZone: string;
  teacherFirstName: string;
}

export interface Info extends Hours {
  moduleId: string;
  stageId: string;
  /** Nothing is kept, nobody is told. */
  isRehearsal: boolean;
  campaignId: string;
  /** Of the pupil for whom one is here. */
  enrolmentId: string | null;
  subject: string;
  subjectEn: string;
  levels: string[];
}

export interface Welcome {
  /** Who holds the class: another number, another copy of the service. */
  holder: number;
  you: string;
  role: Role;
  name: string;
  ice: RTCIceServer[];
  now: string;
  info: Omit<Info, keyof Hours>;
  hours: Hours;
  roster: Roster;
  desk: Desk;
  chat: ChatLine[];
  strokes: Stroke[];
}

export interface Offer {
  epoch: number;
  sdp: string;
  streams: { mid: string; participantId: string; kind: Kind }[];
}

/** What a call came to. */
export interface Reply<T = unknown> {
  ok: boolean;
  code?: string | null;
  value?: T;
}

/** What was said and drawn while one waited. */
export type Inside = Pick<Welcome, 'desk' | 'chat' | 'strokes'>;

/** What the service tells without being asked. */
export interface News {
  welcome: Welcome;
  inside: Inside;
  roster: Roster;
  desk: Desk;
  flags: { participantId: string; flags: Flags };
  media: { epoch: number; ready: boolean };
  offer: Offer;
  chat: ChatLine;
  stroke: Stroke;
  moved: Moved;
  erased: { id: string };
  /** A sheet, or all whose names begin with this. */
  cleared: { sheet: string };
  ink: Ink;
  mute: { kind: Kind };
  removed: unknown;
  superseded: unknown;
  hours: Hours;
  ended: unknown;
  /** Somebody wrote in the shared notes. */
  noted: { seq: number; update: string };
  /** News of the notes may have been missed. */
  notedUpTo: { seq: number };
  /** The same in the notes of a small group. */
  groupNoted: { round: number; group: number; seq: number; update: string };
  groupPointed: { round: number; group: number; who: string; at: string | null };
  reaction: { participantId: string; kind: Reaction };
  /** A file was handed out or in. */
  files: unknown;
  pointed: { who: string; at: string | null };
}
