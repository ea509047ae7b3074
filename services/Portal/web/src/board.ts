// The coordinator's board: the sessions of a week at their hours, or the same as a table; moved by drag and drop or by keyboard through
// the public API. What each move would be refused for is shown before it is made.
import { Api, textsOf } from './board/api';
import { Dialog } from './board/dialog';
import { dragAndDrop } from './board/drag';
import { keyboardAndTaps } from './board/keyboard';
import { Live } from './board/live';
import { Model } from './board/model';
import { Moves } from './board/moves';
import { Panel } from './board/panel';
import { type Board, Line } from './board/parts';
import { Views } from './board/views';
import type { Broken, Page, Plan } from './board/wire';
import { openWish } from './board/wish';
import { sayIn, Words } from './board/words';
import { one } from './dom';

const root = one('#board');
const { campaign = '', language, me = '', token = '' } = root.dataset;
const plan: Plan = JSON.parse(one('#board-data').textContent ?? '');
const say = sayIn(language);
const model = new Model(plan);
const words = new Words(plan, model.people, say);
const api = new Api(token, say);
const findConflicts = async () => {
  const answer = await api.get<Page<Broken>>(`/api/campaigns/${campaign}/stages/conflicts`);
  if (!answer.ok) return;
  model.conflicts.clear();
  for (const { stageId, conflicts } of answer.value.items) model.conflicts.set(stageId, textsOf(conflicts));
};
const board: Board = {
  root,
  campaign,
  me,
  model,
  words,
  api,
  views: new Views(root, model, words, findConflicts),
  line: new Line(one('[data-said]', root)),
};
const moves = new Moves(board);
const dialog = new Dialog(root, words);
const panel = new Panel(board, moves, dialog);
const live = new Live(board, (change) => panel.tell(change));

live.listen();
dragAndDrop(board, moves, (isDragging) => live.hold(isDragging));
keyboardAndTaps(board, moves, {
  openStage: (id) => panel.open(id),
  openWish: (pupil, subject) => openWish(board, moves, dialog, pupil, subject),
});

const people = board.api.all(`/api/campaigns/${campaign}/enrolments/pupils?limit=5000`, model.people);
const stages = await live.read();
if (!stages.ok) {
  const away = say('Le service reprend dans un instant : rechargez la page.', 'The service will be back in a moment: reload the page.');
  board.line.tell(stages.problem.detail ?? away, [], true);
}
await people;
await board.views.drawAll(stages.ok ? stages.value.items : []);
root.dataset.ready = 'yes';
