// The coordinator's board: stages as cards in the columns of their weeks, moved by drag and drop or by keyboard through the
// public API. A move is first asked as a dry run, so each conflict is shown before it is made.
import { Api } from './board/api';
import { Columns } from './board/columns';
import { Dialog } from './board/dialog';
import { dragAndDrop } from './board/drag';
import { keyboardAndTaps } from './board/keyboard';
import { Live } from './board/live';
import { Model } from './board/model';
import { Moves } from './board/moves';
import { Panel } from './board/panel';
import { type Board, Line, Marks } from './board/parts';
import type { Plan } from './board/wire';
import { openWish } from './board/wish';
import { sayIn, Words } from './board/words';
import { one } from './dom';

const root = one('#board');
const { campaign = '', language, me = '', token = '' } = root.dataset;
const plan: Plan = JSON.parse(one('#board-data').textContent ?? '');
const say = sayIn(language);
const model = new Model(plan);
const words = new Words(plan, model.people, say);
const board: Board = {
  root,
  campaign,
  me,
  model,
  words,
  api: new Api(token, say),
  columns: new Columns(root, model, words),
  line: new Line(one('[data-said]', root)),
  marks: new Marks(),
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
await board.columns.drawAll(stages.ok ? stages.value.items : []);
root.dataset.ready = 'yes';
