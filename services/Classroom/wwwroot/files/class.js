// The class page. It wires the parts (hub, media, board, notes) to the page, and that is one list of wires.

import { Board, colours } from './board.js';
import { Hub } from './hub.js';
import { askToLeave, drawAfterwards, Hours } from './leaving.js';
import { cameraWish, Media, microphoneWish } from './media.js';
import { Notes } from './notes.js';
import { Pages } from './pages.js';
import { redraw } from './redraw.js';
import { Report } from './report.js';
import { SelfCheck } from './selfcheck.js';
import { Sound } from './sound.js';
import { language, say, sayAll } from './words.js';

const $ = (id) => document.getElementById(id);
const module = location.pathname.split('/').pop();
const memory = `class-${module}`;
sayAll();

let me = null,
  role = null,
  info = null,
  roster = { people: [] },
  desk = null,
  clockOffset = 0,
  hub = null,
  media = null,
  board = null,
  notes = null,
  pages = null,
  recorder = null;
const tiles = new Map();
const sound = new Sound($('sounds'));
sound.addEventListener('blocked', (e) => {
  $('hear').hidden = !e.detail;
});
$('hear').onclick = () => sound.resume();
const start = { mic: true, camera: false, blur: localStorage.getItem('blur') === 'yes', agrees: false };

// ── views ──
function show(view) {
  for (const id of ['check', 'waiting', 'out', 'class']) $(id).hidden = id !== view;
}
function banner(text) {
  $('status').textContent = text;
  $('status').hidden = !text;
}
const hours = new Hours((text) => announce(text));
let passing = 0;
function announce(text) {
  banner(text);
  clearTimeout(passing);
  passing = setTimeout(() => banner(''), 5000);
}
function out(kind, again) {
  hub?.close();
  media?.reset();
  recorder?.stop();
  recorder = null;
  for (const t of [media?.mic, media?.camera, media?.screen]) t?.stop();
  $('outTitle').textContent = say(`${kind}Title`);
  $('outText').textContent = say(`${kind}Text`);
  $('again').hidden = !again;
  if (kind === 'left' || kind === 'ended') drawAfterwards(info, role);
  banner('');
  show('out');
}
$('again').onclick = () => location.reload();

// ── the ticket, once; then the seat, as long as the class lasts ──
const ticket = location.hash.slice(1);
let seat = JSON.parse(sessionStorage.getItem(memory) ?? localStorage.getItem(memory) ?? 'null');

/** The ticket stays in the address until somebody has answered: a page that is loaded again without a network still has it. */
async function showTicket() {
  for (let pause = 1000; ; pause = Math.min(2 * pause, 8000)) {
    const answer = await fetch('/classroom/enter', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ moduleId: module, ticket }),
    }).catch(() => null);
    if (answer && answer.status !== 429 && answer.status < 500) {
      history.replaceState(null, '', location.pathname + location.search);
      banner('');
      return answer;
    }
    banner(say('noAnswer'));
    await new Promise((again) => setTimeout(again, pause));
  }
}

async function takeSeat() {
  if (ticket) {
    const answer = await showTicket();
    if (answer.ok) {
      seat = await answer.json();
      sessionStorage.setItem(memory, JSON.stringify(seat));
      localStorage.setItem(memory, JSON.stringify(seat));
    } else if (!seat) {
      const problem = await answer.json().catch(() => ({}));
      out('link');
      if (problem.detail) $('outText').textContent = problem.detail;
      return false;
    }
  }
  if (!seat) {
    out('link');
    return false;
  }
  return true;
}

// ── self-check, then in ──
const check = new SelfCheck({ preview: $('preview'), level: $('micLevel'), advice: $('advice') });
let devices = { mic: null, camera: null };
$('playSound').onclick = () => check.playSound();
$('wantBlur').checked = start.blur;
$('wantBlur').onchange = async () => {
  start.blur = $('wantBlur').checked;
  localStorage.setItem('blur', start.blur ? 'yes' : 'no');
  $('blurNote').hidden = !start.blur;
  preview?.stop();
  preview =
    start.blur && devices.camera
      ? await blurred(devices.camera.clone(), (key) => {
          $('blurNote').textContent = say(key);
        })
      : null;
  $('preview').srcObject = new MediaStream([preview ?? devices.camera].filter(Boolean));
};
let preview = null;
let entered = false;
$('enter').onclick = async () => {
  // A second click of the same hand would make a second connection, and each would put the other out.
  if (entered) return;
  entered = true;
  $('enter').disabled = true;
  start.mic = $('wantMic').checked && !!devices.mic;
  start.camera = $('wantCam').checked && !!devices.camera;
  start.agrees = !$('recordDoor').hidden && $('wantRecord').checked;
  check.stop([start.mic && devices.mic, start.camera && devices.camera].filter(Boolean));
  preview?.stop();
  if (start.camera && start.blur) {
    devices.camera = await blurred(devices.camera);
    start.camera = !!devices.camera;
  }
  connect();
};

/** The track to send in the camera's place; null when the blur cannot be had: a picture that was to be blurred is not sent sharp. */
async function blurred(camera, tell = (key) => announce(say(key))) {
  try {
    const { Blur } = await import('./blur.js');
    const blur = new Blur();
    blur.addEventListener('kind', () => tell(blur.kind === 'background' ? 'blurBackground' : 'blurWhole'));
    blur.addEventListener('slow', () => tell('blurSlow'));
    const sent = await blur.start(camera);
    tell('blurWhole');
    sent.blur = blur;
    return sent;
  } catch {
    camera.stop();
    tell('blurFailed');
    return null;
  }
}

// A request that a page with no network sends is not lost: everything that counts is asked for again by the welcome.
const call = async (name, ...values) => {
  try {
    const reply = await hub.call(name, ...values);
    if (reply && !reply.ok && reply.code === 'not-permitted') announce(say('notPermitted'));
    return reply;
  } catch {
    return { ok: false, code: 'offline' };
  }
};

const query = () => `module=${module}&seat=${seat.participantId}`;

function connect() {
  hub = new Hub(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/hubs/room?${query()}`);
  media = new Media(hub);
  notes ??= new Notes($('notes'), hub);
  board ??= new Board($('board'));
  pages ??= new Pages(query());
  if (start.mic) media.mic = devices.mic;
  if (start.camera) media.camera = devices.camera;
  const on = (name, take) => hub.addEventListener(name, (e) => take(e.detail));
  on('open', () => media.reset());
  on('welcome', welcome);
  // What comes before the welcome is in the welcome.
  on('roster', (r) => {
    if (info) takeRoster(r);
  });
  on('desk', (d) => {
    if (info) takeDesk(d);
  });
  on('flags', ({ participantId, flags }) => {
    const p = roster.people.find((x) => x.id === participantId);
    if (p) {
      p.flags = flags;
      drawPeople();
    }
  });
  on('media', ({ epoch, ready }) => {
    if (ready) {
      banner('');
      media
        .begin(epoch)
        .then(tellFlags)
        .catch((e) => console.warn('media', e.message));
    } else if (epoch > 1) banner(say('mediaAway'));
  });
  on('offer', (o) => media.offered(o));
  on('chat', addLine);
  on('stroke', (s) => {
    board.add(s);
    describeBoard();
  });
  on('erased', (e) => {
    board.erase(e.id);
    describeBoard();
  });
  on('cleared', () => {
    board.clear();
    describeBoard();
  });
  on('mute', async ({ kind }) => {
    if (kind === 'audio') {
      await media.setMic(null);
      announce(say('muted'));
    } else {
      await media.setScreen(null);
      await media.setCamera(null);
      announce(say('hidden'));
    }
    tellFlags();
  });
  on('removed', () => {
    forget();
    out('removed');
  });
  on('superseded', () => out('superseded', true));
  on('hours', (h) => {
    if (info) takeHours({ ...info, ...h });
  });
  on('ended', () => out('ended', role === 'teacher'));
  on('lost', () => {
    banner(say('reconnecting'));
    endRecorder();
  });
  on('refused', async () => {
    // Either the service is away, or the seat is no longer ours: only the second one is the end.
    const answer = await fetch(`/classroom/seat?${query()}`).catch(() => null);
    if (answer?.status === 401) {
      forget();
      out('link');
    }
  });
  media.addEventListener('received', (e) => attach(e.detail));
  media.addEventListener('mode', () => {
    $('quality').textContent = say(`${media.effective}Mode`);
    drawPeople();
    hub.call('Beat', media.effective).catch(() => {});
  });
  media.addEventListener('level', (e) => tiles.get(e.detail.id)?.element.classList.toggle('speaking', e.detail.speaking));
  setInterval(() => hub.call('Beat', media.effective).catch(() => {}), 4000);
  board.addEventListener('drawn', (e) => {
    const s = e.detail;
    call('Draw', s.id, s.points, s.colour, s.width).then((r) => {
      if (!r?.ok) board.erase(s.id);
    });
  });
  board.addEventListener('erased', (e) => call('Erase', e.detail));
  hub.start();
  window.classroom = { hub, media, board }; // for whoever looks for a fault with the browser's own tools, and for the system tests
}
function forget() {
  sessionStorage.removeItem(memory);
  localStorage.removeItem(memory);
}

function welcome(w) {
  banner('');
  me = w.you;
  role = w.role;
  clockOffset = Date.parse(w.now) - Date.now();
  takeHours({ ...w.info, ...w.hours });
  sessionStorage.setItem(`${memory}-in`, '1');
  document.body.classList.toggle('isTeacher', role === 'teacher');
  document.body.classList.toggle('isPupil', role === 'pupil');
  $('privately').hidden = role !== 'pupil';
  $('waitingTitle').textContent = say('waitingTitle', w.name);
  media.ice = w.ice;
  $('lines').replaceChildren();
  w.chat.forEach(addLine);
  board.set(w.strokes);
  takeRoster(w.roster);
  takeDesk(w.desk);
  if (start.agrees) {
    start.agrees = false;
    call('AnswerRecording', true);
  }
}

/** What the timetable says, which may change while a class runs. */
function takeHours(now) {
  info = now;
  hours.begin(info, clockOffset);
  const subject = language === 'en' ? info.subjectEn : info.subject;
  document.title = $('title').textContent = `${subject} · ${info.levels.join(', ')}`;
  const time = (t) => new Date(t).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', timeZone: info.timeZone });
  $('subtitle').textContent = `${info.teacherFirstName} · ${time(info.startsAt)} – ${time(info.endsAt)}`;
}

// ── people ──
function takeRoster(r) {
  const before = new Map(roster.people.map((p) => [p.id, p]));
  const wasIn = roster.admitted;
  roster = r;
  if (role === 'teacher') for (const p of r.people) if (!p.admitted && !before.has(p.id)) announce(say('arrives', p.name));
  if (!r.admitted) {
    const teacher = r.people.find((p) => p.role === 'teacher');
    const why = r.paused ? 'waitingPaused' : r.ended && !teacher ? 'waitingEnded' : teacher ? 'waitingHere' : 'waitingTeacher';
    $('waitingText').textContent = say(why, info.teacherFirstName);
    if (wasIn) {
      // Nobody is seen or heard from outside, and what is theirs comes anew with the class.
      media.reset();
      attach([]);
    }
    show('waiting');
    return;
  }
  if ($('class').hidden) {
    show('class');
    if (!wasIn && before.size) $('stage').focus();
  }
  drawPeople();
  drawRecording();
}

function drawPeople() {
  const inside = roster.people.filter((p) => p.admitted);
  for (const [id, tile] of tiles)
    if (!inside.some((p) => p.id === id)) {
      tile.element.remove();
      tiles.delete(id);
    }
  for (const p of inside) {
    let tile = tiles.get(p.id);
    if (!tile) {
      tile = makeTile(p.id);
      tiles.set(p.id, tile);
      $('tiles').append(tile.element);
    }
    const mine = p.id === me;
    const name = mine ? say('me', p.name) : p.name;
    tile.name.replaceChildren(
      name,
      ...[p.flags.microphone ? '' : 'micOff', (desk?.hands ?? []).includes(p.id) ? 'hand' : '', p.flags.quality === 'good' ? '' : 'signal']
        .filter(Boolean)
        .map(icon),
    );
    tile.element.setAttribute(
      'aria-label',
      [name, p.role === 'pupil' ? '' : say(p.role), p.flags.microphone ? '' : say('micIsOff')].filter(Boolean).join(', '),
    );
    tile.initial.textContent = (p.name[0] ?? '?').toUpperCase();
    tile.element.classList.toggle('me', mine);
    tile.element.classList.toggle('sharing', p.flags.sharing);
    // Sound alone, on either side, would leave the last picture standing.
    const pictured = (p.flags.camera || p.flags.sharing) && (mine || (media.effective !== 'audio' && p.flags.quality !== 'audio'));
    tile.video.style.visibility = pictured ? 'visible' : 'hidden';
    if (mine) {
      const track = media.screen ?? media.camera;
      if (tile.video.srcObject?.getVideoTracks()[0] !== (track ?? undefined))
        tile.video.srcObject = track ? new MediaStream([track]) : null;
    } else media.want(p.id, p.flags.sharing || (inside.length <= 3 && innerWidth > 768) ? 'high' : 'low');
  }
  const list = $('people');
  redraw(list, ...roster.people.map(personLine));
  redraw(
    $('missing'),
    ...(roster.missing ?? []).map((p) => {
      const line = element('li', { className: '' }, element('span', { className: 'who' }, p.name));
      line.dataset.key = p.id;
      if (p.removed) line.append(button('pardon', () => call('Pardon', p.id)));
      return line;
    }),
  );
  $('missingBox').hidden = !roster.missing?.length;
  $('begin').hidden = roster.begun;
  $('lock').checked = roster.locked;
  drawBar();
}

function personLine(p) {
  const place = (desk?.hands ?? []).indexOf(p.id);
  const facts = [
    p.role === 'pupil' ? '' : say(p.role),
    p.admitted ? '' : say('waits'),
    place >= 0 ? say('handUp', place + 1) : '',
    roster.recording?.answers?.[p.id] === true ? say('agrees') : roster.recording?.answers?.[p.id] === false ? say('agreesNot') : '',
    p.flags.quality === 'weak' ? say('weakNet') : p.flags.quality === 'audio' ? say('audioNet') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  const line = element(
    'li',
    {},
    element('span', { className: 'who' }, (p.id === me ? say('me', p.name) : p.name) + (facts ? ` (${facts})` : '')),
  );
  line.dataset.key = p.id;
  if (role === 'teacher' && p.role === 'pupil') {
    if (!p.admitted) line.append(button('admit', () => call('Admit', p.id), p.name));
    if (p.admitted && p.flags.microphone) line.append(button('mute', () => call('Mute', p.id, 'audio'), p.name));
    if (p.admitted && (p.flags.camera || p.flags.sharing)) line.append(button('hide', () => call('Mute', p.id, 'video'), p.name));
    if (place >= 0) line.append(button('lower', () => call('LowerHand', p.id), p.name));
    line.append(button('remove', () => askRemove(p), p.name));
  }
  return line;
}

function askRemove(p) {
  const dialog = $('removeDialog');
  $('removeTitle').textContent = say('removeTitle', p.name);
  $('removeReason').value = '';
  $('removeReport').checked = false;
  dialog.onclose = () => {
    if (dialog.returnValue === 'remove') call('Remove', p.id, $('removeReason').value, $('removeReport').checked);
  };
  dialog.returnValue = '';
  dialog.showModal();
}

function makeTile(id) {
  const video = element('video', { autoplay: true, playsInline: true, muted: true });
  const initial = element('span', { className: 'initial', ariaHidden: 'true' });
  const name = element('span', { className: 'name' });
  const tile = element('div', { className: 'tile', role: 'group' }, initial, video, name);
  tile.dataset.id = id;
  return { element: tile, video, initial, name };
}

/** Everybody's voice plays by itself, their picture in their tile. */
function attach(received) {
  sound.take(received.filter((r) => r.kind === 'audio'));
  const pictures = new Map(received.filter((r) => r.kind === 'video').map((r) => [r.participantId, r.track]));
  for (const [id, track] of pictures) {
    if (!tiles.has(id)) {
      const t = makeTile(id);
      tiles.set(id, t);
      $('tiles').append(t.element);
    }
    const video = tiles.get(id).video;
    if (video.srcObject?.getVideoTracks()[0] !== track) video.srcObject = new MediaStream([track]);
    video.play().catch(() => {});
  }
  for (const [id, tile] of tiles) if (id !== me && !pictures.has(id)) tile.video.srcObject = null;
  drawPeople();
}

// ── own controls ──
function tellFlags() {
  const flags = { microphone: !!media.mic, camera: !!media.camera, sharing: !!media.screen };
  const mine = roster.people.find((p) => p.id === me);
  if (mine) Object.assign(mine.flags, flags);
  sessionStorage.setItem(`${memory}-mic`, flags.microphone ? 'on' : 'off');
  drawPeople();
  return call('SetFlags', flags.microphone, flags.camera, flags.sharing);
}

function drawBar() {
  const state = {
    mic: !!media?.mic,
    cam: !!media?.camera,
    share: !!media?.screen,
    blur: start.blur,
    hand: (desk?.hands ?? []).includes(me),
    showBoard: !$('boardPane').hidden,
    audioOnly: media?.forced === 'audio',
  };
  const names = { mic: 'mic', cam: 'cam', blur: 'blur', share: 'share', hand: 'hand', showBoard: 'board', audioOnly: 'audio' };
  const icons = {
    mic: state.mic ? 'mic' : 'micOff',
    cam: 'camera',
    blur: 'drop',
    share: 'screen',
    hand: 'hand',
    showBoard: 'pen',
    audioOnly: 'phone',
  };
  for (const [id, on] of Object.entries(state)) {
    $(id).setAttribute('aria-pressed', on);
    label(id, icons[id], say(names[id] + (on ? 'On' : 'Off')), say(`${names[id]}Short`));
  }
  label('report', 'flag', say('reportLong'), say('report'));
  label('leave', 'door', say('leave'), say('leave'));
  $('blur').hidden = !state.cam;
  const may = role === 'pupil' ? desk?.permissions : null;
  $('mic').disabled = may ? !may.microphone && !state.mic : false;
  $('cam').disabled = $('share').disabled = may ? !may.camera && !state.cam && !state.share : false;
}

/** The whole name where there is room; on a telephone a word that is part of it. */
function label(id, shape, long, short) {
  $(id).replaceChildren(
    icon(shape),
    element('span', { className: 'long' }, long),
    element('span', { className: 'short', ariaHidden: 'true' }, short),
  );
  $(id).setAttribute('aria-label', long);
}

async function track(wish) {
  try {
    return (await navigator.mediaDevices.getUserMedia(wish)).getTracks()[0];
  } catch {
    return null;
  }
}

$('mic').onclick = async () => {
  const wanted = media.mic ? null : await track(microphoneWish);
  if (!media.mic && !wanted) return announce(say('micBad'));
  await media.setMic(wanted);
  tellFlags();
};
$('cam').onclick = async () => {
  const wanted = media.camera ? null : await track({ video: cameraWish });
  if (!media.camera && !wanted) return announce(say('camBad'));
  await media.setCamera(wanted && start.blur ? await blurred(wanted) : wanted);
  tellFlags();
};
$('blur').onclick = async () => {
  start.blur = !start.blur;
  localStorage.setItem('blur', start.blur ? 'yes' : 'no');
  // Off before on: between the two there is no picture, rather than a sharp one.
  await media.setCamera(null);
  const wanted = await track({ video: cameraWish });
  await media.setCamera(wanted && start.blur ? await blurred(wanted) : wanted);
  tellFlags();
};
$('share').onclick = async () => {
  if (media.screen) {
    await media.setScreen(null);
    return tellFlags();
  }
  const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 10 } }).then(
    (s) => s.getVideoTracks()[0],
    () => null,
  );
  if (!screen) return;
  screen.contentHint = 'detail';
  screen.onended = async () => {
    await media.setScreen(null);
    tellFlags();
  };
  await media.setScreen(screen);
  tellFlags();
};
$('hand').onclick = () => call('RaiseHand', !(desk?.hands ?? []).includes(me));
$('showBoard').onclick = () => {
  $('boardPane').hidden = !$('boardPane').hidden;
  board.paint();
  drawBar();
};
$('audioOnly').onclick = async () => {
  await media.force(media.forced ? null : 'audio');
  drawBar();
};
new Report(
  () => roster.people.filter((p) => p.id !== me),
  (whom, text) => call('Report', whom, text),
);
$('leave').onclick = () => askToLeave({ role, leave: () => out('left', true), end: endForAll });
async function endForAll() {
  const reply = await call('End');
  if (!reply?.ok) announce(say('endFailed'));
}

// ── the desk ──
function takeDesk(d) {
  const asked = d.poll && !d.poll.closed && d.poll.id !== desk?.poll?.id;
  const before = desk;
  desk = d;
  notes.take(d.notes, d.notesVersion);
  $('notes').readOnly = role === 'pupil' && !d.permissions.notes;
  board.enabled = role !== 'pupil' || d.permissions.board;
  $('line').disabled = false;
  if (role === 'pupil' && !d.permissions.chat) $('toTeacher').checked = true;
  $('toTeacher').disabled = role === 'pupil' && !d.permissions.chat;
  if (role === 'pupil') {
    // What was taken away stops here too, not only at the server; and what is not allowed does not begin.
    if (!d.permissions.microphone && media.mic) {
      media.setMic(null).then(tellFlags);
      announce(say('mutedAll'));
    }
    if (!d.permissions.camera && (media.camera || media.screen)) {
      media
        .setScreen(null)
        .then(() => media.setCamera(null))
        .then(tellFlags);
      announce(say('hiddenAll'));
    }
  }
  drawCaption();
  drawPoll();
  drawGroups();
  drawPermissions();
  drawPeople();
  drawDocuments();
  pages.show(d.shown);
  document.body.classList.toggle('withPage', !!d.shown);
  if (asked && role === 'pupil') choose('poll');
  if (role === 'pupil' && d.myGroup !== null && d.myGroup !== before?.myGroup) {
    announce(
      say(
        'inPair',
        d.groups[d.myGroup]
          .filter((id) => id !== me)
          .map(nameOf)
          .join(', '),
      ),
    );
  }
}

const nameOf = (id) => roster.people.find((p) => p.id === id)?.name ?? '…';

const permissions = ['chat', 'microphone', 'camera', 'board', 'notes'];
$('permissions').append(
  ...permissions.map((p) => {
    const box = element('input', { type: 'checkbox', id: `may-${p}` });
    box.onchange = () => call('SetPermissions', Object.fromEntries(permissions.map((x) => [x, $(`may-${x}`).checked])));
    return element('label', {}, box, ` ${say(`may${p[0].toUpperCase()}${p.slice(1)}`)}`);
  }),
);
function drawPermissions() {
  for (const p of permissions) $(`may-${p}`).checked = desk.permissions[p];
}

function drawGroups() {
  $('endPairs').disabled = desk.groups.length === 0;
  if (role !== 'teacher') return;
  const lines = desk.groups.map((g, i) => {
    const b = button('visit', () => call('Visit', i), '', g.map(nameOf).join(' + '));
    b.setAttribute('aria-pressed', desk.visiting === i);
    return b;
  });
  if (desk.groups.length) {
    const b = button('overview', () => call('Visit', null));
    b.setAttribute('aria-pressed', desk.visiting === null);
    lines.push(b);
  }
  redraw($('groups'), ...lines);
}

function drawPoll() {
  const poll = desk.poll,
    box = $('poll');
  if (!poll) return redraw(box, element('p', { className: 'small' }, say('noPoll')));
  const total = Math.max(
    1,
    (poll.counts ?? []).reduce((a, b) => a + b, 0),
  );
  const answers = poll.options.map((o, i) => {
    const text = poll.counts ? `${o} : ${poll.counts[i]}` : o;
    if (role === 'pupil' && !poll.closed) {
      const b = element('button', { type: 'button' }, text);
      b.setAttribute('aria-pressed', poll.mine === i);
      b.onclick = () => call('Vote', poll.id, i);
      return element('p', {}, b);
    }
    const bar = element('span', { className: 'bar', ariaHidden: 'true' });
    bar.style.width = `${(100 * (poll.counts?.[i] ?? 0)) / total}%`;
    return element('p', {}, text, bar);
  });
  const close = role === 'teacher' ? [button(poll.closed ? 'clearPoll' : 'closePoll', () => call('ClosePoll'))] : [];
  redraw(box, element('h2', {}, poll.question), ...answers, element('p', { className: 'small' }, say('answered', poll.answers)), ...close);
}
$('askPoll').onsubmit = async (e) => {
  e.preventDefault();
  const reply = await call(
    'AskPoll',
    $('question').value,
    $('answers')
      .value.split('\n')
      .map((x) => x.trim())
      .filter(Boolean),
  );
  if (reply?.ok) e.target.reset();
};

setInterval(() => {
  const left = desk?.timerEndsAt ? Math.ceil((new Date(desk.timerEndsAt) - Date.now() - clockOffset) / 1000) : null;
  $('timer').hidden = left === null || left < -60;
  if (left === null) return;
  $('timer').textContent = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` : '0:00';
  if (left === 0) announce(say('timeUp'));
}, 1000);
$('startTimer').onclick = () => call('SetTimer', Math.round(60 * Number($('timerMinutes').value)));
$('stopTimer').onclick = () => call('SetTimer', 0);
$('formPairs').onclick = () => call('FormPairs');
$('endPairs').onclick = () => call('EndPairs');
$('begin').onclick = () => call('Begin');
$('lock').onchange = () => call('Lock', $('lock').checked);

function addLine(c) {
  if (document.querySelector(`#chat [data-id="${c.id}"]`)) return;
  const line = element('li', {}, element('strong', {}, `${c.from === me ? say('me', c.name) : c.name} `), c.text);
  if (c.to === 'teacher') line.append(' ', element('span', { className: 'private' }, say('onlyTeacher')));
  line.dataset.id = c.id;
  $('lines').append(line);
  $('chat').scrollTop = $('chat').scrollHeight;
  if ($('panel-chat').hidden) document.querySelector('[data-tab=chat]').textContent = `${say('chat')} •`;
}
$('say').onsubmit = async (e) => {
  e.preventDefault();
  const text = $('line').value;
  if (!text.trim()) return;
  const reply = await call('Say', text, role === 'pupil' && $('toTeacher').checked ? 'teacher' : 'all');
  if (reply?.ok) $('line').value = '';
};

// ── documents ──
$('file').onchange = async () => {
  const file = $('file').files[0];
  if (!file) return;
  $('file').disabled = true;
  $('fileProgress').hidden = false;
  const name = file.name.replace(/\.pdf$/i, '').slice(0, 120) || 'PDF';
  try {
    const { send } = await import('./documents.js');
    const id = await send(file, query(), (done, all) => {
      $('fileProgress').value = done / all;
      $('fileState').textContent = say('filePage', Math.min(done + 1, all), all);
    });
    const reply = await call('LayOut', id, name);
    $('fileState').textContent = reply?.ok
      ? say('fileSent', name)
      : say(reply?.code === 'too-many-documents' ? 'tooManyDocuments' : 'fileNotSent');
    if (reply?.ok && !desk.shown) call('TurnPage', id, 1);
  } catch (e) {
    $('fileState').textContent = say(e.key ?? 'fileBroken');
  }
  $('file').value = '';
  $('file').disabled = false;
  $('fileProgress').hidden = true;
};
$('previousPage').onclick = () => call('TurnPage', desk.shown.id, desk.shown.page - 1);
$('nextPage').onclick = () => call('TurnPage', desk.shown.id, desk.shown.page + 1);
$('closePage').onclick = () => call('TurnPage', null, 0);
$('pageView').onkeydown = (e) => {
  const button = { PageDown: 'nextPage', PageUp: 'previousPage' }[e.key];
  if (!button || role !== 'teacher') return;
  e.preventDefault();
  if (!$(button).disabled) $(button).click();
};
function drawDocuments() {
  redraw(
    $('documents'),
    ...(desk.documents ?? []).map((d) => {
      const line = element(
        'li',
        {},
        element('span', { className: 'who' }, `${d.name} (${say('pages', d.pages)})`),
        button('showDocument', () => call('TurnPage', d.id, 1), d.name, ''),
        button('takeAway', () => call('TakeAway', d.id), d.name, ''),
      );
      line.dataset.key = d.id;
      return line;
    }),
  );
}

// ── recording: nothing of it is on the page where the campaign does not allow it ──
let heardTone = 0;
function drawRecording() {
  const r = roster.recording;
  $('recordBox').hidden = !r;
  $('recording').hidden = !r?.id;
  if (!r) {
    endRecorder();
    return;
  }
  $('recording').textContent = say('recordingNow');
  $('recordState').textContent = say(r.mine ? 'recordMineYes' : 'recordMineNo');
  $('recordMine').textContent = say(r.mine ? 'recordWithdraw' : 'recordAgree');
  $('recordMine').hidden = !r.asked && !r.mine;
  $('record').textContent = say(r.id ? 'recordStop' : !r.asked ? 'recordAsk' : r.all ? 'recordStart' : 'recordWait');
  $('record').disabled = r.asked && !r.all && !r.id;
  if (r.asked && r.mine === null && !$('recordDialog').open) askConsent();
  if (!!r.id !== !!heardTone) {
    // Heard by everybody, at the beginning, at the end, and each minute between: nobody who only listens may miss it.
    clearInterval(heardTone);
    heardTone = r.id ? setInterval(() => tone(660), 60_000) : 0;
    tone(r.id ? 660 : 440);
    announce(say(r.id ? 'recordBegun' : 'recordEnded'));
  }
  if (r.id && role === 'teacher' && r.id !== recorded) beginRecorder(r.id);
  else if (!r.id) endRecorder();
}
function askConsent() {
  const dialog = $('recordDialog');
  $('recordText').textContent = say('recordText', info.teacherFirstName, roster.recording.days);
  $('guardianLine').hidden = role !== 'pupil';
  $('guardian').checked = false;
  const ready = () => {
    $('recordYes').disabled = role === 'pupil' && !$('guardian').checked;
  };
  $('guardian').onchange = ready;
  ready();
  dialog.onclose = () => call('AnswerRecording', dialog.returnValue === 'yes');
  dialog.returnValue = '';
  dialog.showModal();
}
$('recordMine').onclick = () => {
  if (roster.recording?.mine) call('AnswerRecording', false);
  else askConsent();
};
$('record').onclick = async () => {
  const r = roster.recording;
  if (!r.asked) return call('AskToRecord');
  if (!r.id)
    return window.MediaRecorder?.isTypeSupported('video/webm;codecs=vp8,opus') ? call('StartRecording') : announce(say('recordUnable'));
  await endRecorder();
  call('StopRecording');
};
let recorded = null;
async function beginRecorder(id) {
  recorded = id;
  const { Recording } = await import('./recording.js');
  if (roster.recording?.id !== id) return;
  recorder = new Recording(
    id,
    query(),
    () => ({
      tiles: [...tiles.values()].map((t) => ({ video: t.video.style.visibility === 'hidden' ? null : t.video, name: t.name.textContent })),
      board: $('boardPane').hidden ? null : $('board'),
      page: $('pagePane').hidden ? null : $('page'),
    }),
    () => [media.mic, ...(media.received ?? []).filter((x) => x.kind === 'audio').map((x) => x.track)],
  );
  recorder.start();
}
async function endRecorder() {
  const ended = recorder;
  recorder = null;
  await ended?.stop();
}
function tone(frequency) {
  const context = new AudioContext();
  const sound = new OscillatorNode(context, { frequency }),
    volume = new GainNode(context, { gain: 0.12 });
  sound.connect(volume).connect(context.destination);
  sound.start();
  sound.stop(context.currentTime + 0.35);
  sound.onended = () => context.close();
}

$('captions').onchange = drawCaption;
function drawCaption() {
  const last = (desk?.notes ?? '')
    .split('\n')
    .filter((l) => l.trim())
    .pop();
  $('caption').hidden = !$('captions').checked || !last;
  $('caption').textContent = last ?? '';
}

// ── the board's tools ──
$('colours').append(
  ...colours.map((c, i) => {
    const b = element('button', { type: 'button', className: 'swatch', role: 'radio', ariaLabel: say(`colour${i}`) });
    b.style.background = c;
    b.setAttribute('aria-checked', i === 0);
    b.onclick = () => {
      board.colour = c;
      board.erasing = false;
      $('eraser').setAttribute('aria-pressed', false);
      for (const s of $('colours').children) s.setAttribute('aria-checked', s === b);
    };
    return b;
  }),
);
$('eraser').onclick = () => {
  board.erasing = !board.erasing;
  $('eraser').setAttribute('aria-pressed', board.erasing);
};
$('clearBoard').onclick = () => call('ClearBoard');
function describeBoard() {
  $('board').setAttribute('aria-label', say('boardHas', board.count));
}

// ── tabs, with arrow keys as one expects of tabs ──
const tabs = ['people', 'chat', 'notes', 'documents', 'poll'];
const forTeachers = ['documents'];
$('tabs').append(
  ...tabs.map((t) => {
    const b = element(
      'button',
      { type: 'button', role: 'tab', id: `tab-${t}`, className: forTeachers.includes(t) ? 'teacher' : '' },
      say(t),
    );
    b.dataset.tab = t;
    b.setAttribute('aria-controls', `panel-${t}`);
    b.onclick = () => choose(t);
    b.onkeydown = (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      const mine = tabs.filter((x) => role === 'teacher' || !forTeachers.includes(x));
      if (step) {
        choose(mine[(mine.indexOf(t) + step + mine.length) % mine.length]);
        document.querySelector('[role=tab][aria-selected=true]').focus();
      }
    };
    $(`panel-${t}`).setAttribute('aria-labelledby', `tab-${t}`);
    return b;
  }),
);
function choose(tab) {
  for (const t of tabs) {
    $(`panel-${t}`).hidden = t !== tab;
    const b = document.querySelector(`[data-tab=${t}]`);
    b.setAttribute('aria-selected', t === tab);
    b.tabIndex = t === tab ? 0 : -1;
    if (t === tab) b.textContent = say(t);
  }
}
choose('people');

// Drawn here, so that no page depends on the emoji of a device. 24 × 24, strokes alone.
const shapes = {
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  micOff: 'M9 6a3 3 0 0 1 6 0v5M9 9v2a3 3 0 0 0 4 2.8M6 11a6 6 0 0 0 10 4.5M12 17v4M4 4l16 16',
  camera: 'M3 7h12v10H3zM15 11l6-4v10l-6-4',
  screen: 'M3 5h18v11H3zM8 20h8M12 16v4',
  pen: 'M4 20l1-5L16 4l4 4L9 19z',
  hand: 'M8 12V5a1.5 1.5 0 0 1 3 0v6V4a1.5 1.5 0 0 1 3 0v7V6a1.5 1.5 0 0 1 3 0v8a7 7 0 0 1-12.5 4L3 14a1.6 1.6 0 0 1 2.5-2L8 14',
  door: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  drop: 'M12 3c3 4 6 7 6 11a6 6 0 0 1-12 0c0-4 3-7 6-11M9 14a3 3 0 0 0 3 3',
  phone: 'M6 3l4 1v5L8 11a12 12 0 0 0 5 5l2-2h5l1 4a3 3 0 0 1-3 3A16 16 0 0 1 3 6a3 3 0 0 1 3-3',
  signal: 'M5 20v-4M12 20v-9M19 20V5M3 3l18 18',
};
function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

function element(name, properties, ...children) {
  const { role, ...rest } = properties;
  const e = Object.assign(document.createElement(name), rest);
  if (role) e.setAttribute('role', role);
  e.append(...children);
  return e;
}
function button(key, act, who = '', value = who) {
  const b = element('button', { type: 'button' }, say(key, value));
  if (who) b.setAttribute('aria-label', `${say(key, value)} – ${who}`);
  b.dataset.key = key;
  b.onclick = act;
  return b;
}

// ── begin ──
$('share').hidden = !navigator.mediaDevices?.getDisplayMedia;
(async () => {
  drawBar();
  describeBoardLater();
  if (!(await takeSeat())) return;
  if (!ticket && sessionStorage.getItem(`${memory}-in`)) {
    // The page was loaded again in the middle of a class: back in, with the microphone as it was. One that was off stays off.
    const heard = sessionStorage.getItem(`${memory}-mic`) !== 'off';
    devices = { mic: heard ? await track(microphoneWish) : null, camera: null };
    start.mic = !!devices.mic;
    connect();
    return;
  }
  $('wantCam').checked = false;
  $('recordDoor').hidden = !seat.recordingAllowed;
  if (seat.recordingAllowed) $('privacy').textContent = say('privacyRecording');
  show('check');
  devices = await check.run();
  if (entered) return comeLate(devices);
  $('wantMic').checked &&= !!devices.mic;
  if (start.blur) $('wantBlur').onchange();
})();
/** The browser's question was answered after "Enter": what was wanted is used, the rest is let go at once. */
async function comeLate({ mic, camera }) {
  const gone = !$('out').hidden;
  const may = role === 'pupil' ? desk?.permissions : null;
  if (!gone && $('wantMic').checked && may?.microphone !== false) await media.setMic(mic);
  else mic?.stop();
  if (!gone && $('wantCam').checked && may?.camera !== false) await media.setCamera(camera && start.blur ? await blurred(camera) : camera);
  else camera?.stop();
  if (!gone) tellFlags();
}
function describeBoardLater() {
  $('board').setAttribute('aria-label', say('boardHas', 0));
}
