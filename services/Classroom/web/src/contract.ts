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

export type View = 'faces' | 'board' | 'document' | 'screen';

export type Reaction = 'understood' | 'lost' | 'slower' | 'done' | 'bravo';

export interface Desk {
  view: View;
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
  visiting: number | null;
  myGroup: number | null;
  poll: Poll | null;
}

export interface ChatLine {
  id: string;
  from: string;
  name: string;
  to: 'all' | 'teacher';
  text: string;
}

export interface Stroke {
  id: string;
  /** x, y in thousandths of the board's width, and pressure in percent, one after the other. */
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
  subject: string;
  subjectEn: string;
  levels: string[];
}

export interface Welcome {
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
  erased: { id: string };
  cleared: unknown;
  mute: { kind: Kind };
  removed: unknown;
  superseded: unknown;
  hours: Hours;
  ended: unknown;
  /** Somebody wrote in the shared notes. */
  noted: { seq: number; update: string };
  /** News of the notes may have been missed. */
  notedUpTo: { seq: number };
  reaction: { participantId: string; kind: Reaction };
  pointed: { who: string; at: string | null };
}
