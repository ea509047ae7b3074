// "La classe voit": the one question above all. The teacher chooses for everybody; whoever looks elsewhere has a way back, and is
// brought back by the next choice and by "Tous les regards ici".
import type { View } from '../contract';
import { $, press, pressed } from '../dom';
import { icon, label, type Shape } from '../icons';
import type { Panels } from '../panels';
import type { Room } from '../room';
import { announce } from '../status';
import { type Key, say } from '../words/say';
import { shareScreen, stopScreen } from './screen';
import { classSees, iSee, isThere, views } from './view';

const signs: Record<View, Shape> = { faces: 'people', board: 'pen', document: 'sheet', screen: 'screen', slates: 'slate' };
const names: Record<View, Key> = { faces: 'faces', board: 'boardShort', document: 'document', screen: 'screenOther', slates: 'slates' };
const panes: Partial<Record<View, string>> = { board: 'boardPane', document: 'pagePane', screen: 'screenPane', slates: 'slatesPane' };

export class Stage {
  #room: Room;
  #panels: Panels;
  #own: View | null = null;

  constructor(room: Room, panels: Panels) {
    this.#room = room;
    this.#panels = panels;
    room.on('desk', (before) => {
      const { desk } = room;
      if (before && before.view !== desk?.view) this.#own = null;
      if (before && desk && before.eyesCalled < desk.eyesCalled) this.#comeBack();
      this.#draw();
    });
    room.on('people', () => this.#draw());
    for (const view of views) press(`see-${view}`).onclick = () => this.#choose(view);
    press('back').onclick = () => {
      this.#own = null;
      this.#draw();
      $('stage').focus();
    };
    label('eyes', 'eye', say('eyes'));
    press('eyes').onclick = async () => {
      const reply = await room.ask('CallEyes');
      if (reply.ok) announce(say('eyesCalled'));
    };
    this.#draw();
  }

  get now(): View {
    return iSee(this.#own, this.#room.desk, this.#room.inside);
  }

  /** The teacher asks for everybody's eyes: what covers the stage goes. */
  #comeBack(): void {
    if (this.#room.isTeacher) return;
    this.#own = null;
    this.#panels.close();
    announce(say('lookHere', this.#room.info?.teacherFirstName));
  }

  async #choose(view: View): Promise<void> {
    const { isTeacher, desk, media } = this.#room;
    if (!isTeacher) {
      this.#own = view === classSees(desk, this.#room.inside) ? null : view;
      this.#draw();
      return;
    }
    if (view === 'screen') return media.screen ? stopScreen(this.#room) : shareScreen(this.#room);
    if (view === 'document' && !desk?.shown) return this.#panels.open('documents');
    const reply = await this.#room.ask('ChooseView', view);
    // Nobody sees it any more: it is not sent either.
    if (reply.ok && media.screen) await stopScreen(this.#room);
  }

  #draw(): void {
    const { desk, inside, isTeacher, media } = this.#room;
    const now = this.now;
    document.body.dataset.view = now;
    for (const [view, pane] of Object.entries(panes)) $(pane).hidden = view !== now;
    $('viewLegend').textContent = say(isTeacher ? 'classSees' : 'iSee');
    for (const view of views) {
      const b = press(`see-${view}`);
      label(b.id, signs[view], say(isTeacher && view === 'screen' ? 'screenMineShort' : names[view]));
      pressed(b, view === now);
      b.hidden = isTeacher ? view === 'screen' && !canShare() && !media.screen : !isThere(view, desk, inside);
    }
    const seen = classSees(desk, inside);
    $('back').hidden = isTeacher || now === seen;
    $('back').replaceChildren(icon('eye'), say('backToClass', say(names[seen])));
  }
}

/** Telephones cannot. */
const canShare = () => !!navigator.mediaDevices?.getDisplayMedia;
