// What a stage and a wish look like.
import { el } from '../dom';
import type { Wish } from './model';
import { keyOf } from './model';
import type { Stage, Week } from './wire';
import { shortName, type Words } from './words';

export function cardOf(stage: Stage, words: Words): HTMLElement {
  const card = el('article', { class: 'stage', tabindex: '-1', draggable: 'true', 'data-id': stage.id });
  dress(card, stage, words);
  return card;
}

/** Brings a card to the present state: all of it when it has been near the screen, its heading otherwise. */
export function dress(card: HTMLElement, stage: Stage, words: Words): void {
  card.dataset.status = stage.status;
  card.setAttribute('aria-label', words.whole(stage));
  if (card.dataset.filled) fill(card, stage, words);
  else card.replaceChildren(heading(words.title(stage), String(stage.pupils.length)), el('p', {}, words.teacher(stage)));
}

/** The rest of a card: its sessions and pupils. */
export function fill(card: HTMLElement, stage: Stage, words: Words): void {
  const { say } = words;
  const title = words.title(stage);
  const open = say(`Ouvrir ${title}`, `Open ${title}`);
  card.replaceChildren(
    heading(
      title,
      `${stage.pinned ? say('épinglé · ', 'pinned · ') : ''}${words.filling(stage)}`,
      el('button', { type: 'button', class: 'more', tabindex: '-1', 'data-open': true, 'aria-label': open }, '⋯'),
    ),
    el('p', {}, words.teacher(stage)),
    el(
      'ul',
      { class: 'chips' },
      ...stage.modules.map((module) =>
        el('li', { class: 'chip module', draggable: 'true', 'data-module': module.id }, words.when(stage, module)),
      ),
    ),
    el(
      'ul',
      { class: 'chips' },
      ...stage.pupils.map(({ enrolmentId }) =>
        el('li', { class: 'chip', draggable: 'true', 'data-pupil': enrolmentId }, words.pupil(enrolmentId)),
      ),
    ),
  );
  card.dataset.filled = 'yes';
}

const heading = (title: string, figures: string, ...more: Node[]): HTMLElement =>
  el('h3', {}, el('span', {}, title), el('span', {}, figures), ...more);

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

/** The slots of the stage's week, shown on its card while one of its sessions is dragged. */
export function slotGrid(stage: Stage, week: Week, starts: string[]): HTMLElement {
  const isHere = (date: string, start: string) => stage.modules.some((module) => module.date === date && module.start === start);
  const cell = (day: Week['days'][number], start: string) =>
    el(
      'td',
      { 'data-date': day.date, 'data-start': start, class: day.closed ? 'closed' : isHere(day.date, start) ? 'here' : '' },
      `${day.name.slice(0, 3)} ${start.slice(0, 2)}`,
    );
  const rows = starts.map((start) => el('tr', {}, ...week.days.map((day) => cell(day, start))));
  return el('table', { class: 'mini', 'data-mini': stage.id }, el('tbody', {}, ...rows));
}
