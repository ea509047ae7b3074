// The class page: its parts, each with a room in common, and the way in.
import './class.css';
import './controls/bar.css';
import './people/tiles.css';
import './stage/stage.css';
import { connect, connection } from './connection';
import { bar } from './controls/bar';
import { heard } from './controls/heard';
import { leaving } from './controls/leaving';
import { limits } from './controls/limits';
import { more } from './controls/more';
import { hours } from './desk/hours';
import { $, press } from './dom';
import { keepMicrophone, speakAgain } from './entry/again';
import { DoorStep, type Wishes } from './entry/door';
import { getOut } from './entry/out';
import { kept, takeSeat, ticket } from './entry/seat';
import { waiting } from './entry/waiting';
import { Loading } from './loading';
import { DeviceChoice } from './media/devices';
import { Sound } from './media/sound';
import { forgetFault } from './media/wishes';
import { Panels } from './panels';
import { lobby } from './people/lobby';
import { Tiles } from './people/tiles';
import { Room } from './room';
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
hours(room);
const tiles = new Tiles(room, sound);
waiting(room, () => {
  room.media.reset();
  tiles.attach([]);
});
const panels = new Panels();
lobby(room, panels);
const devices = new DeviceChoice();
bar(room, devices);
devices.on('chosen', () => sound.redirect());
heard(room);
screenSharing(room);
limits(room);
leaving(room, () => getOut(room, 'left', true));
more(panels);
const stage = new Stage(room, panels);
keepMicrophone(room);
const loading = new Loading({ room, panels, tiles }, sound);

function enter({ mic, camera, agreesToRecording }: Wishes): void {
  room.media.mic = mic;
  room.media.camera = camera;
  // Who comes in without one has not asked for it here.
  forgetFault('video');
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
      /** Null until it is loaded. */
      get board() {
        return loading.marks;
      },
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
