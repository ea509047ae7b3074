// The parts of a class without which one hears and is heard: they are loaded once the sound runs (loading.ts).
import './words/later';
import './board/board.css';
import './later.css';
import './views/views.css';
import { Exchange } from './board/exchange';
import type { Marks } from './board/marks';
import { whiteboard } from './board/panel';
import { chat } from './chat';
import { myClass } from './controls/myclass';
import { report } from './controls/report';
import { shortcuts } from './controls/shortcuts';
import { groups } from './desk/groups';
import { permissions } from './desk/permissions';
import { poll } from './desk/poll';
import { timer } from './desk/timer';
import { documents } from './documents/panel';
import { writeOnPages } from './documents/write';
import { files } from './handed/tab';
import { sharedNotes } from './notes/panel';
import type { Panels } from './panels';
import { hands } from './people/hands';
import { people } from './people/list';
import { reacting } from './people/reactions';
import { rights } from './people/rights';
import type { Tiles } from './people/tiles';
import { RecordingPanel } from './recording/panel';
import type { Room } from './room';
import { slates } from './slates/panel';
import { oneLarge } from './views/large';
import { pictureInPicture, wholeScreen } from './views/whole';

export interface Parts {
  room: Room;
  panels: Panels;
  tiles: Tiles;
}

/** In the order in which they are told. */
export function come({ room, panels, tiles }: Parts): Marks {
  rights(room);
  const exchange = new Exchange(room);
  whiteboard(room, exchange);
  slates(room, exchange);
  people(room);
  hands(room);
  reacting(room);
  report(room);
  myClass(room, panels);
  chat(room, panels);
  sharedNotes(room, panels);
  files(room, panels);
  permissions(room);
  groups(room);
  poll(room, panels);
  timer(room);
  documents(room);
  writeOnPages(room, exchange);
  new RecordingPanel(room, tiles);
  oneLarge(room, tiles);
  wholeScreen();
  pictureInPicture(room, tiles);
  shortcuts(room);
  return exchange.marks;
}
