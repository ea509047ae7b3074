// Between what is written here and the service.
import type { Mark, Stroke } from '../contract';
import { Recent } from '../recent';
import type { Room } from '../room';
import { tellKey } from '../status';
import { whyNot } from '../words/refusals';
import { covers, Marks } from './marks';
import { Moves } from './moves';
import { isAt, type Place, placeOf } from './places';
import { Undone } from './undone';

export class Exchange {
  readonly marks = new Marks();
  #room: Room;
  #moves: Moves;
  #undone = new Undone((id) => this.marks.find(id));
  /** Drawn while nobody answered: sent once more when one is inside again. */
  #unsent = new Map<string, Stroke>();
  #recent: Recent<Stroke>;
  #sight: string | undefined;

  constructor(room: Room) {
    this.#room = room;
    const { marks } = this;
    const again: Stroke[] = [];
    this.#recent = new Recent(room, (stroke) => again.push(stroke));
    room.on('inside', (now) => {
      marks.set(now.strokes);
      this.#sight = undefined;
      for (const stroke of again.splice(0)) this.#unsent.set(stroke.id, stroke);
      for (const stroke of this.#unsent.values()) {
        marks.add(stroke);
        this.#send(stroke);
      }
    });
    // After what stands is here again.
    this.#moves = new Moves(room, marks);
    room.hub.on('stroke', (s) => marks.add(s));
    room.hub.on('erased', (e) => {
      marks.erase(e.id);
      this.#recent.forget(e.id);
    });
    room.hub.on('cleared', (c) => {
      this.#undone.forget(c.sheet);
      marks.clear(c.sheet);
      this.#recent.forgetWhere((stroke) => covers(c.sheet, stroke.sheet));
    });
    room.hub.on('ink', (ink) => marks.wet(ink));
    room.on('desk', () => this.#look());
  }

  draw(sheet: string, mark: Mark): void {
    this.#undone.did(sheet, { drew: mark });
    this.#add(sheet, mark);
  }

  #add(sheet: string, mark: Mark): void {
    const stroke = { ...mark, sheet, by: this.#room.me };
    this.marks.add(stroke);
    this.#send(stroke);
  }

  move(id: string, to: Place): void {
    const stroke = this.marks.find(id);
    if (!stroke || isAt(stroke, to)) return;
    this.#undone.did(stroke.sheet, { id, from: placeOf(stroke), to });
    this.#moves.go(stroke, to);
  }

  erase(id: string): void {
    const stroke = this.marks.find(id);
    this.marks.erase(id);
    this.#unsent.delete(id);
    this.#recent.forget(id);
    this.#room.ask('Erase', id).then((reply) => {
      if (!reply.ok && stroke) this.marks.add(stroke);
    });
  }

  undo(sheet: string): void {
    const act = this.#undone.undo(sheet);
    if (!act) return;
    if ('drew' in act) this.erase(act.drew.id);
    else this.#put(act.id, act.from);
  }

  redo(sheet: string): void {
    const act = this.#undone.redo(sheet, crypto.randomUUID());
    if (!act) return;
    if ('drew' in act) this.#add(sheet, act.drew);
    else this.#put(act.id, act.to);
  }

  #put(id: string, place: Place): void {
    const stroke = this.marks.find(id);
    if (stroke) this.#moves.go(stroke, place);
  }

  mayUndo(sheet: string): boolean {
    return this.#undone.mayUndo(sheet);
  }

  mayRedo(sheet: string): boolean {
    return this.#undone.mayRedo(sheet);
  }

  wipe(sheet: string): void {
    this.#room.ask('Wipe', sheet);
  }

  /** Whether one may take it away or move it: one's own, in a group what another pupil wrote, for the teacher all. */
  mayChange = (s: Stroke): boolean =>
    this.#room.isTeacher || s.by === this.#room.me || (s.sheet.startsWith('group/') && this.#room.person(s.by)?.role !== 'teacher');

  async #send(stroke: Stroke): Promise<void> {
    const { sheet, by: _, moved: __, ...mark } = stroke;
    const reply = await this.#room.call('Draw', sheet, mark);
    if (reply.code === 'offline') {
      this.#unsent.set(stroke.id, stroke);
      return;
    }
    this.#unsent.delete(stroke.id);
    if (reply.ok) {
      this.#recent.add(stroke.id, stroke);
      return;
    }
    this.marks.erase(stroke.id);
    tellKey(whyNot('Draw', reply.code));
  }

  /** What has come into sight, a slate before the class or the board of a new group, is asked for; what has gone is forgotten. */
  #look(): void {
    const { desk, isPupil, me } = this.#room;
    if (!desk || !isPupil) return;
    const slate = desk.slates?.onStage;
    const sight = [slate && slate !== me ? `slate/${slate}` : '', desk.myGroup === null ? '' : `group/${desk.myGroup}`];
    const before = this.#sight?.split(' ');
    this.#sight = sight.join(' ');
    // With what one is told on coming in came all that is in sight.
    if (!before) return;
    for (const [i, sheet] of sight.entries()) {
      if (sheet === before[i]) continue;
      if (before[i]) this.marks.clear(before[i]);
      if (sheet) this.marks.read(sheet, async () => (await this.#room.call<Stroke[]>('ReadSheet', sheet)).value ?? null);
    }
  }
}
