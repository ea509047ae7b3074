// What a session, a pupil and a wish look like.
import { el } from '../dom';
import type { Session } from './layout';
import type { Wish } from './model';
import { keyOf } from './model';
import type { Stage } from './wire';
import { shortName, type Words } from './words';

/** One session of a stage; all blocks of one stage say the same of it, and which session they are. */
export function blockOf({ stage, module }: Session, isTrouble: boolean, words: Words): HTMLElement {
  const { say } = words;
  const number = stage.modules.findIndex((each) => each.id === module.id) + 1;
  const which = say(`séance ${number} sur ${stage.modules.length}`, `session ${number} of ${stage.modules.length}`);
  return el(
    'div',
    {
      class: `block${isTrouble ? ' trouble' : ''}`,
      role: 'button',
      tabindex: '-1',
      draggable: 'true',
      title: words.teacher(stage),
      'data-id': stage.id,
      'data-module': module.id,
      'data-status': stage.status,
      'data-pinned': stage.pinned,
    },
    // The level is never cut off: where there is no room it is the subject that gets shorter.
    el(
      'strong',
      {},
      el('span', { class: 'subject' }, words.subject(stage.subject)),
      el('span', { class: 'code' }, stage.subject),
      ' ',
      el('span', { class: 'level' }, stage.level),
    ),
    ' ',
    el('span', { class: 'fill' }, words.filling(stage)),
    el('span', { class: 'verdict' }),
    el('span', { class: 'who', 'aria-hidden': 'true' }, words.teacher(stage)),
    el('span', { class: 'away' }, ` ${words.rest(stage)}, ${which}`),
  );
}

/** A pupil of a stage, to be dragged into another. */
export const pupilChip = (stage: Stage, id: string, words: Words): HTMLElement =>
  el('li', { class: 'chip', draggable: 'true', 'data-pupil': id, 'data-stage': stage.id, 'data-subject': stage.subject }, words.pupil(id));

export const wishChip = ({ pupil, subject }: Wish, words: Words): HTMLElement =>
  el(
    'div',
    {
      class: 'chip wish',
      role: 'button',
      tabindex: '-1',
      draggable: 'true',
      'data-key': keyOf(pupil.id, subject),
      'data-pupil': pupil.id,
      'data-subject': subject,
    },
    `${shortName(pupil)} – ${words.subject(subject)} ${pupil.level}`,
  );

/** One stop of the Tab key in a list; arrows do the rest. */
export function keepOneStop(items: HTMLElement[]): void {
  const stops = items.filter((item) => item.tabIndex === 0);
  for (const item of stops.slice(1)) item.tabIndex = -1;
  if (stops.length === 0 && items[0]) items[0].tabIndex = 0;
}
