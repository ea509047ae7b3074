// What travels between the board and the services, and what the page gives it to begin with.
import type { PupilLine } from '../api/enrolment';
import type {
  ConflictView,
  MoveStage,
  OfferView,
  PlaceView,
  PupilTargets as PupilTargetsView,
  RefusedStage,
  StageNews,
  StageTargets as StageTargetsView,
  StageView,
  UnplacedWishView,
} from '../api/scheduling';

export type Stage = StageView;
export type Module = Stage['modules'][number];
export type Pupil = PupilLine;
export type Offer = OfferView;
export type News = StageNews;
export type Conflict = ConflictView;
export type Place = PlaceView;
export type Unplaced = UnplacedWishView;
export type StageTargets = StageTargetsView;
export type PupilTargets = PupilTargetsView;
/** A stage that breaks a rule as it stands. */
export type Broken = RefusedStage;

/** The part of a move that the board sends: all of what it may change, so that nothing is left to be guessed. */
export type Content = Required<Pick<MoveStage, 'week' | 'teacherOfferId' | 'modules' | 'pupils'>>;

export interface Page<T> {
  items: T[];
  next?: string | null;
}

export interface Day {
  date: string;
  /** « lun. 9 févr. » */
  name: string;
  closed: boolean;
}

export interface Week {
  label: string;
  title: string;
  days: Day[];
}

/** The campaign as BoardPage.razor writes it into the page. */
export interface Plan {
  weeks: Week[];
  starts: string[];
  /** How long a session is. */
  minutes: number;
  rules: { groupMin: number };
  subjects: { code: string; name: string }[];
  levels: string[];
  /** Name of each status of a stage. */
  statuses: Record<string, string>;
  /** The statuses in which a stage is on the board. */
  live: string[];
}
