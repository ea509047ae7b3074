// The class page: its parts, each with a room in common, and the way in.
import './board/board.css';
import './class.css';
import './controls/bar.css';
import './people/tiles.css';
import './stage/stage.css';
import { Exchange } from './board/exchange';
import { whiteboard } from './board/panel';
import { chat } from './chat';
import { connect, connection } from './connection';
import { bar } from './controls/bar';
import { heard } from './controls/heard';
import { leaving } from './controls/leaving';
import { limits } from './controls/limits';
import { more } from './controls/more';
import { myClass } from './controls/myclass';
import { report } from './controls/report';
import { groups } from './desk/groups';
import { hours } from './desk/hours';
import { permissions } from './desk/permissions';
import { poll } from './desk/poll';
import { timer } from './desk/timer';
import { documents } from './documents/panel';
import { writeOnPages } from './documents/write';
import { $, press } from './dom';
import { keepMicrophone, speakAgain } from './entry/again';
import { DoorStep, type Wishes } from './entry/door';
import { getOut } from './entry/out';
import { kept, takeSeat, ticket } from './entry/seat';
import { waiting } from './entry/waiting';
import { files } from './handed/tab';
import { DeviceChoice } from './media/devices';
import { Sound } from './media/sound';
import { sharedNotes } from './notes/panel';
import { Panels } from './panels';
import { hands } from './people/hands';
import { people } from './people/list';
import { reacting } from './people/reactions';
import { rights } from './people/rights';
import { Tiles } from './people/tiles';
import { RecordingPanel } from './recording/panel';
import { Room } from './room';
import { slates } from './slates/panel';
import { screenSharing } from './stage/screen';
import { Stage } from './stage/stage';
import { store } from './store';
import { sayAll } from './words/say';

sayAll();
const room = new Room();
const sound = new Sound($('sounds'));
sound.on('blocked', (blocked) => {
  $('hear').hidden = !blocked;
});
press('hear').onclick = () => sound.resume();

// The order is that in which they are told: who is where first, then what is drawn of it.
connection(room);
rights(room);
hours(room);
const exchange = new Exchange(room);
whiteboard(room, exchange);
slates(room, exchange);
const tiles = new Tiles(room, sound);
waiting(room, () => {
  room.media.reset();
  tiles.attach([]);
});
const panels = new Panels();
people(room, panels);
hands(room);
reacting(room);
const devices = new DeviceChoice();
bar(room, devices);
devices.on('chosen', () => sound.redirect());
heard(room);
screenSharing(room);
limits(room);
leaving(room, () => getOut(room, 'left', true));
report(room);
more(panels);
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
const stage = new Stage(room, panels);
new RecordingPanel(room, tiles);
keepMicrophone(room);

function enter({ mic, camera, agreesToRecording }: Wishes): void {
  room.media.mic = mic;
  room.media.camera = camera;
  let agrees = agreesToRecording;
  room.hub.on('welcome', () => {
    if (agrees) room.call('AnswerRecording', true);
    agrees = false;
  });
  connect(room);
  // Not before sound has run for a while, which it would slow down.
  setTimeout(() => store().catch(() => {}), 60_000);
  // For whoever looks for a fault with the browser's own tools, and for the system tests.
  Object.assign(window, {
    classroom: {
      hub: room.hub,
      media: room.media,
      board: exchange.marks,
      stage,
      get me() {
        return room.me;
      },
      blur: () => import('./media/blur'),
    },
  });
}

const seat = await takeSeat(room);
if (seat && !ticket && kept.read('in')) {
  enter({ mic: null, camera: null, agreesToRecording: false });
  await speakAgain(room);
} else if (seat) await new DoorStep(room, devices, enter).run(seat);
