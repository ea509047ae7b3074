// A wish without a place: the reason, and where there would be one.
import { bullets, el } from '../dom';
import { button, type Dialog, Notes } from './dialog';
import type { Moves } from './moves';
import type { Board } from './parts';
import type { Page, Place, Unplaced } from './wire';
import { fullName } from './words';

export async function openWish(board: Board, moves: Moves, dialog: Dialog, id: string, subject: string): Promise<void> {
  const { api, campaign, views, model, words } = board;
  const { say } = words;
  const pupil = model.people.get(id);
  if (!pupil) return;
  const notes = new Notes();
  const places = el('div', {}, el('p', { class: 'hint' }, say('Recherche de places…', 'Looking for places…')));
  const leave = () => {
    dialog.close();
    views.focusOnWishes();
  };
  dialog.open(`${fullName(pupil)} – ${words.subject(subject)} ${pupil.level}`, leave, notes.element, places);

  const which = `enrolmentId=${id}&subject=${encodeURIComponent(subject)}`;
  const [why, where] = await Promise.all([
    api.get<Page<Unplaced>>(`/api/campaigns/${campaign}/unplaced?${which}`),
    api.get<Page<Place>>(`/api/campaigns/${campaign}/recommendations/places?${which}`),
  ]);
  const reason = why.ok ? why.value.items[0] : undefined;
  if (reason) notes.show('', el('p', {}, reason.text), bullets(reason.wouldBePlacedIf));
  const found = where.ok ? where.value.items : [];
  const none = el('p', { class: 'empty' }, say('Aucun stage actuel ne peut l’accueillir.', 'No present stage can take this pupil.'));
  places.replaceChildren(
    el('h3', {}, say('Places possibles', 'Possible places')),
    ...(found.length > 0 ? found.map((place) => el('div', { class: 'row' }, el('p', {}, place.text), placing(place))) : [none]),
  );

  /** Only a stage that is on the board; one that could be opened is opened elsewhere. */
  function placing({ stageId }: Place): HTMLElement | null {
    if (!stageId || !model.stages.has(stageId)) return null;
    const place = async () => {
      dialog.close();
      await moves.commit({ kind: 'enter', stage: stageId, pupil: id });
      views.focus(stageId);
    };
    return button(say('Placer', 'Place'), place, '');
  }
}
