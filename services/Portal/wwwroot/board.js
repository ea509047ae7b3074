// The coordinator's board: stages as cards in the columns of their weeks, moved by drag and drop or by keyboard through the
// public API. A move is first asked as a dry run, so each conflict is shown before it is made; the version of the stage that the
// coordinator looked at goes with it, so that of two coordinators one wins, and the other sees what happened and can do the move
// again. What others do comes as server-sent events. Hundreds of cards: each is filled when it comes near the screen, and only what
// changes is drawn anew. Over 150 lines: one thing, one file.
const root = document.getElementById('board');
const { campaign, token, language, me } = root.dataset;
const plan = JSON.parse(document.getElementById('board-data').textContent);
const say = (fr, en) => (language === 'en' ? en : fr);
const columns = root.querySelector('[data-columns]'),
  said = root.querySelector('[data-said]'),
  panel = root.querySelector('[data-panel]'),
  undoButton = root.querySelector('[data-undo]');
const stages = new Map(),
  people = new Map(),
  offers = new Map(),
  cards = new Map(),
  lists = new Map(),
  lastBy = new Map(),
  undo = [];
const subjectName = (code) => plan.subjects.find((s) => s.code === code)?.name ?? code;
const el = (tag, attributes = {}, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined && v !== false) e.setAttribute(k, v === true ? '' : v);
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
};
const frame = () => new Promise(requestAnimationFrame);

// ── the API ─────────────────────────────────────────────────────────────────
async function call(method, path, body, version) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-Request-Token'] = token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (version !== undefined) headers['If-Match'] = `"${version}"`;
  try {
    const r = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await r.text();
    return { ok: r.ok, status: r.status, value: text ? JSON.parse(text) : null };
  } catch {
    return {
      ok: false,
      status: 0,
      value: { detail: say('La connexion est coupée : rien n’a changé.', 'The connection is down: nothing has changed.') },
    };
  }
}
const conflictsOf = (answer) => (answer.value?.conflicts ?? []).map((c) => c.text ?? c.detail ?? c.code);
const bullets = (texts) => (texts.length ? [el('ul', {}, ...texts.map((t) => el('li', {}, t)))] : []);
function tell(text, conflicts = [], bad = false, ...more) {
  said.classList.toggle('bad', bad);
  said.replaceChildren(text, ...bullets(conflicts), ...more);
}

// ── names ───────────────────────────────────────────────────────────────────
const pupilName = (id) => {
  const e = people.get(id);
  return e ? `${e.firstName} ${e.lastName.slice(0, 1)}.` : id.slice(-4);
};
const dayName = (week, date) => plan.weeks.find((w) => w.label === week)?.days.find((d) => d.date === date)?.name ?? date;
const hour = (t) => say(t.replace(/^0/, '').replace(':00', ' h').replace(':', ' h '), t);
const title = (s) => `${subjectName(s.subject)} ${s.level}`;
const when = (s, m) => `${dayName(s.week, m.date)} ${hour(m.start)}`;
const teacher = (s) => (s.needsTeacher ? say('Enseignant à remplacer', 'Teacher to replace') : (s.teacherName ?? ''));
const levelsOf = (s) => s.levels ?? s.level.split('-');

/** What is different between two states of a stage, in words. */
function differences(a, b) {
  const texts = [],
    times = (s) => s.modules.map((m) => when(s, m)),
    ids = (s) => new Set(s.pupils.map((p) => p.enrolmentId));
  if (a.week !== b.week) texts.push(say(`semaine ${b.week} au lieu de ${a.week}`, `week ${b.week} instead of ${a.week}`));
  if (times(a).join() !== times(b).join()) texts.push(say(`séances : ${times(b).join(', ')}`, `sessions: ${times(b).join(', ')}`));
  if (a.teacherOfferId !== b.teacherOfferId) texts.push(say(`enseignant : ${teacher(b)}`, `teacher: ${teacher(b)}`));
  const [before, after] = [ids(a), ids(b)];
  for (const id of after) if (!before.has(id)) texts.push(say(`${pupilName(id)} est entré(e)`, `${pupilName(id)} came in`));
  for (const id of before) if (!after.has(id)) texts.push(say(`${pupilName(id)} est sorti(e)`, `${pupilName(id)} left`));
  if (a.pinned !== b.pinned) texts.push(b.pinned ? say('épinglé', 'pinned') : say('désépinglé', 'unpinned'));
  if (a.status !== b.status) texts.push(plan.statuses[b.status] ?? b.status);
  return texts;
}

// ── drawing ─────────────────────────────────────────────────────────────────
const rank = (s) => plan.subjects.findIndex((x) => x.code === s.subject) * 100 + plan.levels.indexOf(levelsOf(s)[0]);
const before = (a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const fields = Object.fromEntries(['subject', 'level', 'status', 'school', 'teacher'].map((n) => [n, root.querySelector(`[name=${n}]`)]));
const wanted = () => Object.fromEntries(Object.entries(fields).map(([n, f]) => [n, f.value.trim().toLowerCase()]));
const shows = (s, f) =>
  (!f.subject || s.subject.toLowerCase() === f.subject) &&
  (!f.level || levelsOf(s).some((l) => l.toLowerCase() === f.level)) &&
  (!f.status || s.status === f.status) &&
  (!f.school || s.pupils.some((p) => p.schoolUai?.toLowerCase().startsWith(f.school))) &&
  (!f.teacher ||
    teacher(s).toLowerCase().includes(f.teacher) ||
    s.pupils.some((p) => {
      const e = people.get(p.enrolmentId);
      return e && `${e.firstName} ${e.lastName}`.toLowerCase().includes(f.teacher);
    }));

/** The rest of a card: its sessions and pupils. Far from the screen there is only its heading. */
function fill(node, s) {
  node.replaceChildren(
    el(
      'h3',
      {},
      el('span', {}, title(s)),
      el('span', {}, `${s.pinned ? say('épinglé · ', 'pinned · ') : ''}${s.pupils.length}/${s.pupils.length + s.freePlaces}`),
      el(
        'button',
        { type: 'button', class: 'more', tabindex: '-1', 'data-open': '', 'aria-label': say(`Ouvrir ${title(s)}`, `Open ${title(s)}`) },
        '⋯',
      ),
    ),
    el('p', {}, teacher(s)),
    el(
      'ul',
      { class: 'chips' },
      ...s.modules.map((m) => el('li', { class: 'chip module', draggable: 'true', 'data-module': m.id }, when(s, m))),
    ),
    el(
      'ul',
      { class: 'chips' },
      ...s.pupils.map((p) => el('li', { class: 'chip', draggable: 'true', 'data-pupil': p.enrolmentId }, pupilName(p.enrolmentId))),
    ),
  );
  node.dataset.filled = 'yes';
}
function dress(node, s) {
  node.dataset.status = s.status;
  node.setAttribute(
    'aria-label',
    `${title(s)}, ${teacher(s)}, ${s.modules.map((m) => when(s, m)).join(', ')}, ${s.pupils.length} ${say('élèves', 'pupils')}, ${plan.statuses[s.status] ?? s.status}${s.pinned ? `, ${say('épinglé', 'pinned')}` : ''}`,
  );
  if (node.dataset.filled) fill(node, s);
  else node.replaceChildren(el('h3', {}, el('span', {}, title(s)), el('span', {}, `${s.pupils.length}`)), el('p', {}, teacher(s)));
}
let near;
function shell(s) {
  const node = el('article', { class: 'stage', tabindex: '-1', draggable: 'true', 'data-id': s.id });
  dress(node, s);
  cards.set(s.id, node);
  near.observe(node);
  return node;
}
/** Puts one stage where it belongs, as it is now. */
function put(s, fresh) {
  const old = stages.get(s.id);
  count(old, -1);
  count(s, 1);
  stages.set(s.id, s);
  let node = cards.get(s.id);
  const list = lists.get(s.week);
  const focused = document.activeElement === node;
  if (!node) node = shell(s);
  else dress(node, s);
  node.hidden = !shows(s, wanted());
  if (node.parentElement !== list) {
    node.tabIndex = -1;
    list.insertBefore(node, [...list.children].find((c) => before(s, stages.get(c.dataset.id)) < 0) ?? null);
  }
  if (fresh) {
    node.classList.remove('fresh');
    void node.offsetWidth;
    node.classList.add('fresh');
  }
  if (focused) node.focus({ preventScroll: true });
  later();
}
function drop(id) {
  const s = stages.get(id);
  if (!s) return;
  count(s, -1);
  stages.delete(id);
  const node = cards.get(id);
  if (node) {
    near.unobserve(node);
    node.remove();
    cards.delete(id);
  }
  later();
}
// Who is placed where, kept as stages come and go.
const placed = new Map();
function count(s, by) {
  for (const p of s?.pupils ?? []) {
    const key = `${p.enrolmentId}/${s.subject}`;
    placed.set(key, (placed.get(key) ?? 0) + by);
  }
}

let waitingList, waitingCount;
function frameOfBoard() {
  const column = (key, name, extra = '') => {
    const list = el('div', { class: `board-list${extra ? ' chips' : ''}`, role: 'group', 'aria-label': name }),
      number = el('small', {}, '');
    columns.append(
      el('section', { class: `board-week ${extra}`, 'data-week': key, 'aria-label': name }, el('h2', {}, name, ' ', number), list),
    );
    return [list, number];
  };
  for (const w of plan.weeks) {
    const [list, number] = column(w.label, w.title);
    list.number = number;
    lists.set(w.label, list);
  }
  [waitingList, waitingCount] = column('', say('Sans place', 'Unplaced'), 'waiting');
  near = new IntersectionObserver(
    (entries) => {
      for (const e of entries)
        if (e.isIntersecting && !e.target.dataset.filled) {
          const s = stages.get(e.target.dataset.id);
          if (s) fill(e.target, s);
        }
    },
    { rootMargin: '300px', scrollMargin: '300px' },
  );
}
/** All cards, a few dozen a frame, so that the page answers meanwhile. */
async function drawAll(all) {
  const sorted = [...all].sort(before);
  for (let i = 0; i < sorted.length; i += 40) {
    for (const s of sorted.slice(i, i + 40))
      if (!stages.has(s.id)) {
        stages.set(s.id, s);
        count(s, 1);
        const node = shell(s);
        node.hidden = !shows(s, wanted());
        lists.get(s.week)?.append(node);
      }
    await frame();
  }
  afterwards();
}
function stops() {
  // One stop of the Tab key in each column; arrows do the rest.
  for (const list of [...lists.values(), waitingList]) {
    const items = [...list.children].filter((c) => !c.hidden);
    if (!items.some((c) => c.tabIndex === 0)) {
      for (const c of list.querySelectorAll('[tabindex="0"]')) c.tabIndex = -1;
      if (items[0]) items[0].tabIndex = 0;
    }
    list.tabIndex = items.length ? -1 : 0;
  }
}
let due = false;
function later() {
  if (!due) {
    due = true;
    requestAnimationFrame(afterwards);
  }
}
function afterwards() {
  due = false;
  for (const list of lists.values()) {
    let n = 0;
    for (const c of list.children) if (!c.hidden) n++;
    list.number.textContent = `${n} stages`;
  }
  const f = wanted(),
    all = [];
  for (const e of people.values())
    for (const subject of e.wishes)
      if (
        !(placed.get(`${e.id}/${subject}`) > 0) &&
        (!f.subject || subject.toLowerCase() === f.subject) &&
        (!f.level || e.level.toLowerCase() === f.level) &&
        (!f.school || e.schoolUai.toLowerCase().startsWith(f.school)) &&
        (!f.teacher || `${e.firstName} ${e.lastName}`.toLowerCase().includes(f.teacher))
      )
        all.push({ e, subject });
  waitingCount.textContent = all.length > 150 ? say(`${all.length}, dont 150 ici`, `${all.length}, 150 of them here`) : String(all.length);
  const shown = new Map(all.slice(0, 150).map((u) => [`${u.e.id}/${u.subject}`, u]));
  for (const c of [...waitingList.children]) if (!shown.delete(c.dataset.key)) c.remove();
  waitingList.append(
    ...[...shown].map(([key, u]) =>
      el(
        'div',
        {
          class: 'chip wish',
          role: 'button',
          tabindex: '-1',
          draggable: 'true',
          'data-key': key,
          'data-pupil': u.e.id,
          'data-subject': u.subject,
        },
        `${u.e.firstName} ${u.e.lastName.slice(0, 1)}. – ${subjectName(u.subject)} ${u.e.level}`,
      ),
    ),
  );
  stops();
}
function filter() {
  const f = wanted();
  for (const [id, node] of cards) node.hidden = !shows(stages.get(id), f);
  later();
}

// ── moves: a gesture is made on the state that was looked at, and can be made again on a newer one ──────────────────────────
const content = (s) => ({
  week: s.week,
  teacherOfferId: s.teacherOfferId,
  modules: s.modules.map((m) => ({ id: m.id, date: m.date, start: m.start })),
  pupils: s.pupils.map((p) => ({ enrolmentId: p.enrolmentId, wish: p.wish })),
});
const toWeek = (s, week) => {
  const [from, to] = [plan.weeks.find((w) => w.label === s.week), plan.weeks.find((w) => w.label === week)];
  return s.modules.map((m) => ({ id: m.id, date: to.days[from.days.findIndex((d) => d.date === m.date)].date, start: m.start }));
};
const gestures = {
  module: (id, module, date, start) => ({
    id,
    build: (s) => ({ ...content(s), modules: content(s).modules.map((m) => (m.id === module ? { ...m, date, start } : m)) }),
    done: (s) => say(`${title(s)} : séance déplacée.`, `${title(s)}: session moved.`),
    back: (s) => {
      const m = s.modules.find((x) => x.id === module);
      return gestures.module(id, module, m.date, m.start);
    },
  }),
  week: (id, week) => ({
    id,
    build: (s) => (s.week === week ? content(s) : { ...content(s), week, modules: toWeek(s, week) }),
    done: (s) => say(`${title(s)} : semaine changée.`, `${title(s)}: week changed.`),
    back: (s) => gestures.week(id, s.week),
  }),
  teacher: (id, offer) => ({
    id,
    build: (s) => ({ ...content(s), teacherOfferId: offer }),
    done: () => say('Enseignant changé.', 'Teacher changed.'),
    back: (s) => gestures.teacher(id, s.teacherOfferId),
  }),
  enter: (id, pupil, from) => ({
    id,
    from,
    build: (s) =>
      s.pupils.some((p) => p.enrolmentId === pupil)
        ? content(s)
        : { ...content(s), pupils: [...content(s).pupils, { enrolmentId: pupil, wish: s.subject, from: from ?? null }] },
    done: (s) => say(`${pupilName(pupil)} : placé en ${title(s)}.`, `${pupilName(pupil)}: placed in ${title(s)}.`),
    back: () => (from ? gestures.enter(from, pupil, id) : gestures.leave(id, pupil)),
  }),
  leave: (id, pupil) => ({
    id,
    build: (s) => ({ ...content(s), pupils: content(s).pupils.filter((p) => p.enrolmentId !== pupil) }),
    done: () => say(`${pupilName(pupil)} n’a plus de place ici.`, `${pupilName(pupil)} has no place here any more.`),
    back: () => gestures.enter(id, pupil),
  }),
};

async function preview(s, body) {
  const answer = await call('PUT', `/api/stages/${s.id}?dryRun=true`, body);
  return answer.ok
    ? { possible: answer.value.possible, conflicts: conflictsOf(answer) }
    : { possible: false, conflicts: conflictsOf(answer).length ? conflictsOf(answer) : [answer.value?.detail ?? ''] };
}
/** Carries a gesture out on the stage as the coordinator saw it (`base`). */
async function commit(gesture, base = stages.get(gesture.id), undoing = false) {
  const began = performance.now();
  const answer = await call('PUT', `/api/stages/${gesture.id}`, gesture.build(base), base.version);
  if (answer.ok) {
    put(answer.value);
    if (gesture.from) {
      const left = stages.get(gesture.from),
        gone = new Set(answer.value.pupils.map((p) => p.enrolmentId));
      if (left) put({ ...left, pupils: left.pupils.filter((p) => !gone.has(p.enrolmentId)) });
      refresh(gesture.from);
    }
    if (!undoing) remember({ gesture: gesture.back(base) });
    tell(undoing ? say('Geste annulé.', 'Move undone.') : gesture.done(base));
  } else if (answer.status === 412)
    await overtaken(
      base,
      (now) => preview(now, gesture.build(now)),
      (now) => commit(gesture, now, undoing),
    );
  else {
    mark(cards.get(gesture.id), 'conflict');
    tell(
      answer.status === 409 ? say('Ce geste n’est pas possible :', 'This move is not possible:') : (answer.value?.detail ?? ''),
      conflictsOf(answer),
      true,
    );
    setTimeout(unmark, 2500);
  }
  await frame();
  root.dataset.answeredIn = String(Math.round(performance.now() - began));
  return answer.ok;
}
/** Somebody was faster: nothing of theirs is lost, and neither is the gesture; it is shown what happened, and one may do it again. */
async function overtaken(base, ask, again) {
  await refresh(base.id, true);
  const now = stages.get(base.id),
    who = lastBy.get(base.id) ?? say('Quelqu’un', 'Somebody');
  if (!now) {
    tell(
      say(
        `${who} vient de modifier ce stage : il n’est plus au planning. Votre geste n’a rien changé.`,
        `${who} has just changed this stage: it is no longer in the timetable. Your move has changed nothing.`,
      ),
      [],
      true,
    );
    return;
  }
  const possible = ask ? await ask(now) : { possible: true, conflicts: [] };
  const redo = el('button', { type: 'button', class: 'button small', 'data-redo': '' }, say('Refaire mon geste', 'Do my move again')),
    leave = el('button', { type: 'button', class: 'button quiet small' }, say('Laisser ainsi', 'Leave it'));
  redo.addEventListener('click', () => again(now));
  leave.addEventListener('click', () => {
    tell('');
    cards.get(base.id)?.focus();
  });
  tell(
    say(
      `${who} vient de modifier ce stage. Votre geste attend : il n’a rien changé.`,
      `${who} has just changed this stage. Your move waits: it has changed nothing.`,
    ),
    [...differences(base, now), ...possible.conflicts.map((c) => say(`maintenant impossible : ${c}`, `no longer possible: ${c}`))],
    true,
    el('p', { class: 'actions' }, ...(possible.possible ? [redo] : []), leave),
  );
}
async function refresh(id, fresh) {
  const a = await call('GET', `/api/stages/${id}`);
  if (a.ok && plan.live.includes(a.value.status)) put(a.value, fresh);
  else if (a.ok || a.status === 404) drop(id);
}
async function act(id, verb, body = {}, base = stages.get(id), undoing = false) {
  const answer = await call('POST', `/api/stages/${id}/${verb}`, body, base.version);
  if (answer.ok) {
    if (verb === 'reject') drop(id);
    else put(answer.value);
    tell(say('C’est fait.', 'Done.'));
    if (!undoing && (verb === 'pin' || verb === 'unpin')) remember({ id, verb: verb === 'pin' ? 'unpin' : 'pin' });
  } else if (answer.status === 412) await overtaken(base, null, (now) => act(id, verb, body, now, undoing));
  else tell(answer.value?.detail ?? '', conflictsOf(answer), true);
  return answer.ok;
}
function remember(step) {
  undo.push(step);
  if (undo.length > 100) undo.shift();
  undoButton.disabled = false;
}
async function undoLast() {
  const last = undo.pop();
  if (!last) return;
  undoButton.disabled = undo.length === 0;
  // Undoing is a move as any other: when it is not possible any more, it is said why, and it stays to be tried again.
  const done = last.gesture
    ? stages.has(last.gesture.id) && (await commit(last.gesture, undefined, true))
    : stages.has(last.id) && (await act(last.id, last.verb, {}, undefined, true));
  if (!done && stages.has(last.gesture?.id ?? last.id)) remember(last);
}
undoButton.addEventListener('click', undoLast);

// ── drag and drop ───────────────────────────────────────────────────────────
let drag = null,
  hover = null;
const marked = new Set();
function mark(node, kind) {
  if (node) {
    node.classList.add(kind);
    marked.add(node);
  }
}
function unmark() {
  for (const n of marked) n.classList.remove('good-drop', 'conflict', 'over');
  marked.clear();
}
function miniGrid(s) {
  const week = plan.weeks.find((w) => w.label === s.week);
  return el(
    'table',
    { class: 'mini', 'data-mini': s.id },
    el(
      'tbody',
      {},
      ...plan.starts.map((start) =>
        el(
          'tr',
          {},
          ...week.days.map((d) =>
            el(
              'td',
              {
                'data-date': d.date,
                'data-start': start,
                class: d.closed ? 'closed' : s.modules.some((m) => m.date === d.date && m.start === start) ? 'here' : '',
              },
              `${d.name.slice(0, 3)} ${start.slice(0, 2)}`,
            ),
          ),
        ),
      ),
    ),
  );
}
columns.addEventListener('dragstart', (e) => {
  const id = e.target.closest('.stage')?.dataset.id,
    { pupil, module, subject } = e.target.dataset;
  drag = { pupil, module, id, subject: subject ?? stages.get(id)?.subject, seen: new Map(stages) };
  if (module) {
    const grid = miniGrid(stages.get(id));
    setTimeout(() => cards.get(id)?.append(grid));
  }
  e.dataTransfer.effectAllowed = 'move';
  e.dataTransfer.setData('text/plain', pupil ?? module ?? id ?? '');
  e.stopPropagation();
});
columns.addEventListener('dragend', () => {
  drag = null;
  hover = null;
  for (const m of document.querySelectorAll('.mini[data-mini]')) m.remove();
  unmark();
  flush();
});
function aim(e) {
  const cell = e.target.closest?.('.mini td:not(.closed)'),
    over = e.target.closest?.('.stage')?.dataset.id,
    week = e.target.closest?.('.board-week')?.dataset.week;
  if (drag.module)
    return (
      cell && {
        key: cell.dataset.date + cell.dataset.start,
        cell,
        gesture: gestures.module(drag.id, drag.module, cell.dataset.date, cell.dataset.start),
      }
    );
  if (drag.pupil)
    return over && over !== drag.id
      ? { key: over, gesture: gestures.enter(over, drag.pupil, drag.id), wrong: stages.get(over).subject !== drag.subject }
      : drag.id && !over && week === ''
        ? { key: 'out', gesture: gestures.leave(drag.id, drag.pupil) }
        : null;
  return week && week !== stages.get(drag.id)?.week ? { key: week, gesture: gestures.week(drag.id, week) } : null;
}
columns.addEventListener('dragover', (e) => {
  if (!drag) return;
  const to = aim(e);
  if (to) e.preventDefault();
  if ((to?.key ?? null) === hover) return;
  hover = to?.key ?? null;
  unmark();
  if (!to || to.wrong) return;
  mark(to.cell, 'over');
  const s = stages.get(to.gesture.id),
    { key } = to;
  preview(s, to.gesture.build(s)).then((p) => {
    if (hover !== key || !drag) return;
    mark(cards.get(s.id), p.possible ? 'good-drop' : 'conflict');
    tell(
      p.possible ? say('Possible : lâchez.', 'Possible: drop.') : say('Ce geste serait refusé :', 'This move would be refused:'),
      p.conflicts,
      !p.possible,
    );
  });
});
columns.addEventListener('drop', (e) => {
  e.preventDefault();
  const to = drag && aim(e),
    seen = drag?.seen;
  drag = null;
  hover = null;
  if (!to) return;
  if (to.wrong) tell(say('Ce stage est dans une autre matière.', 'This stage is in another subject.'), [], true);
  else commit(to.gesture, seen.get(to.gesture.id));
});

// ── keyboard ────────────────────────────────────────────────────────────────
columns.addEventListener('keydown', (e) => {
  const current = e.target.closest('.stage, .wish');
  if (!current || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('.more')) return;
  const list = [...current.parentElement.children].filter((c) => !c.hidden),
    i = list.indexOf(current),
    weeks = [...columns.querySelectorAll('.board-list')],
    w = weeks.indexOf(current.parentElement),
    { id } = current.dataset;
  const across = (step) => {
    const other = [...(weeks[w + step]?.children ?? [])].filter((c) => !c.hidden);
    return other[Math.min(i, other.length - 1)];
  };
  const to = {
    ArrowDown: () => list[i + 1],
    ArrowUp: () => list[i - 1],
    ArrowRight: () => across(1),
    ArrowLeft: () => across(-1),
    Home: () => list[0],
    End: () => list.at(-1),
  }[e.key];
  if (to) {
    e.preventDefault();
    const next = to();
    if (next) {
      for (const c of next.parentElement.children) c.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    }
  } else if (e.key === 'Enter' || e.key === ' ') {
    e.preventDefault();
    if (id) openPanel(id);
    else openWish(current.dataset.pupil, current.dataset.subject);
  } else if (id && e.key.toLowerCase() === 'p') act(id, stages.get(id).pinned ? 'unpin' : 'pin');
  else if (id && e.key.toLowerCase() === 'v') act(id, 'approve');
});
const openOf = (e) => {
  const c = e.target.closest('.stage'),
    w = e.target.closest('.wish');
  if (c) openPanel(c.dataset.id);
  else if (w) openWish(w.dataset.pupil, w.dataset.subject);
};
columns.addEventListener('dblclick', openOf);
columns.addEventListener('click', (e) => {
  if (e.target.closest('[data-open], .wish') || e.pointerType === 'touch') openOf(e);
});
addEventListener('keydown', (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName)) {
    e.preventDefault();
    undoLast();
  }
});

// ── the panel does with menus and buttons what dragging does: for the keyboard, for fingers, for screen readers ─────────────
const options = (list, chosen) => list.map(([v, t]) => el('option', { value: v, selected: v === chosen }, t));
let names = 0,
  opened = null;
function judge(notes, p) {
  notes.className = p.possible ? 'note done' : 'note bad';
  notes.replaceChildren(
    p.possible ? say('Possible : appliquez.', 'Possible: apply.') : say('Ce geste serait refusé :', 'This move would be refused:'),
    ...bullets(p.conflicts),
  );
}
/** A menu with its button: choosing shows the conflicts, applying makes the move. */
function choice(notes, label, entries, chosen, gestureOf, base) {
  const select = el('select', { id: `choice-${++names}` }, ...options(entries, chosen)),
    button = el(
      'button',
      { class: 'button small', type: 'button', disabled: true },
      say('Appliquer', 'Apply'),
      el('span', { class: 'away' }, ` ${label}`),
    );
  select.addEventListener('change', async () => {
    button.disabled = true;
    const value = select.value,
      gesture = value && gestureOf(value);
    if (!gesture || value === chosen) {
      notes.className = '';
      notes.replaceChildren();
      return;
    }
    const p = await preview(stages.get(gesture.id), gesture.build(stages.get(gesture.id)));
    if (select.value !== value) return;
    judge(notes, p);
    button.disabled = !p.possible;
  });
  button.addEventListener('click', async () => {
    const gesture = gestureOf(select.value),
      id = opened;
    close();
    await commit(gesture, gesture.id === id ? base : undefined);
    cards.get(id)?.focus();
  });
  return el('div', { class: 'row' }, el('div', {}, el('label', { for: select.id }, label), select), button);
}
function close() {
  opened = null;
  panel.close();
}
panel.addEventListener('close', () => {
  opened = null;
});
const button = (text, run, kind = 'quiet') => {
  const b = el('button', { class: `button small ${kind}`, type: 'button' }, text);
  b.addEventListener('click', run);
  return b;
};
async function openPanel(id) {
  // What is decided here is decided about the stage as it stands now: when somebody changes it meanwhile, it is said.
  const s = stages.get(id),
    week = plan.weeks.find((w) => w.label === s.week),
    notes = el('div', { role: 'status', 'aria-live': 'polite', 'data-notes': '' });
  const finish = (run) => async () => {
    close();
    await run();
    cards.get(id)?.focus();
  };
  if (!offers.size) await all(`/api/campaigns/${campaign}/offers?limit=500&status=active`, offers);
  const slots = week.days.flatMap((d) => (d.closed ? [] : plan.starts.map((t) => [`${d.date} ${t}`, `${d.name} ${hour(t)}`])));
  const same = [...stages.values()].filter((o) => o.id !== id && o.subject === s.subject).sort(before);
  const able = [...offers.values()].filter(
    (o) =>
      o.id === s.teacherOfferId ||
      (o.status !== 'withdrawn' && o.teaches.some((t) => t.subject === s.subject && levelsOf(s).every((l) => t.levels.includes(l)))),
  );
  const reason = el('textarea', { rows: '2', id: 'reason', maxlength: '1000' });
  panel.replaceChildren(
    el(
      'div',
      { class: 'panel-head' },
      el('h2', { id: 'panel-title', tabindex: '-1' }, `${title(s)}, ${say('semaine', 'week')} ${s.week}`),
      button(
        say('Fermer', 'Close'),
        finish(() => {}),
      ),
    ),
    el('p', {}, `${teacher(s)} · ${plan.statuses[s.status] ?? s.status}${s.pinned ? ` · ${say('épinglé', 'pinned')}` : ''}`),
    notes,
    el(
      'p',
      { class: 'actions' },
      ...(s.status === 'draft'
        ? [
            button(
              say('Valider', 'Approve'),
              finish(() => act(id, 'approve', {}, s)),
              '',
            ),
          ]
        : []),
      button(
        s.pinned ? say('Désépingler', 'Unpin') : say('Épingler', 'Pin'),
        finish(() => act(id, s.pinned ? 'unpin' : 'pin', {}, s)),
      ),
      el('a', { href: `/coordination/${campaign}/stages/${id}` }, say('Page du stage', 'Page of the stage')),
    ),
    el('h3', {}, say('Séances', 'Sessions')),
    ...s.modules.map((m, i) =>
      choice(
        notes,
        `${say('Séance', 'Session')} ${i + 1}`,
        slots,
        `${m.date} ${m.start}`,
        (v) => gestures.module(id, m.id, ...v.split(' ')),
        s,
      ),
    ),
    choice(
      notes,
      say('Semaine', 'Week'),
      plan.weeks.map((w) => [w.label, w.title]),
      s.week,
      (v) => gestures.week(id, v),
      s,
    ),
    choice(
      notes,
      say('Enseignant', 'Teacher'),
      able.map((o) => [o.id, o.teacher?.name ?? o.id.slice(-4)]),
      s.teacherOfferId,
      (v) => gestures.teacher(id, v),
      s,
    ),
    el('h3', {}, say('Élèves', 'Pupils')),
    ...s.pupils.map((p) =>
      choice(
        notes,
        pupilName(p.enrolmentId),
        [
          ['', say('reste ici', 'stays here')],
          ['-', say('retirer de ce stage', 'take out of this stage')],
          ...same
            .filter((o) => levelsOf(o).includes(p.level))
            .map((o) => [o.id, `${title(o)}, ${o.week}, ${teacher(o)} (${o.pupils.length}/${o.pupils.length + o.freePlaces})`]),
        ],
        '',
        (v) => (v === '-' ? gestures.leave(id, p.enrolmentId) : gestures.enter(v, p.enrolmentId, id)),
        s,
      ),
    ),
    el('h3', {}, say('Renoncer à ce stage', 'Give this stage up')),
    el('label', { for: 'reason' }, say('Motif', 'Reason')),
    reason,
    el(
      'p',
      { class: 'actions' },
      button(
        say('Rejeter', 'Reject'),
        finish(() => act(id, 'reject', { reason: reason.value }, s)),
        'bad',
      ),
    ),
  );
  opened = id;
  if (!panel.open) panel.showModal();
}
/** A wish without a place: the reason, and where there would be one. */
async function openWish(pupil, subject) {
  const e = people.get(pupil),
    notes = el('div', { role: 'status', 'aria-live': 'polite' }),
    places = el('div', {}, el('p', { class: 'hint' }, say('Recherche de places…', 'Looking for places…')));
  const back = () => {
    close();
    waitingList.querySelector('[tabindex="0"]')?.focus();
  };
  panel.replaceChildren(
    el(
      'div',
      { class: 'panel-head' },
      el('h2', { id: 'panel-title', tabindex: '-1' }, `${e.firstName} ${e.lastName} – ${subjectName(subject)} ${e.level}`),
      button(say('Fermer', 'Close'), back),
    ),
    notes,
    places,
  );
  if (!panel.open) panel.showModal();
  const [why, where] = await Promise.all([
    call('GET', `/api/campaigns/${campaign}/unplaced?enrolmentId=${pupil}&subject=${encodeURIComponent(subject)}`),
    call('GET', `/api/campaigns/${campaign}/recommendations/places?enrolmentId=${pupil}&subject=${encodeURIComponent(subject)}`),
  ]);
  const line = why.value?.items?.[0];
  if (line) {
    notes.className = 'note';
    notes.replaceChildren(el('p', {}, line.text), ...bullets(line.wouldBePlacedIf ?? []));
  }
  const found = where.value?.items ?? [];
  places.replaceChildren(
    el('h3', {}, say('Places possibles', 'Possible places')),
    ...(found.length
      ? found.map((o) => {
          const s = o.stageId && stages.get(o.stageId);
          return el(
            'div',
            { class: 'row' },
            el('p', {}, o.text),
            s
              ? button(
                  say('Placer', 'Place'),
                  async () => {
                    close();
                    await commit(gestures.enter(s.id, pupil));
                    cards.get(s.id)?.focus();
                  },
                  '',
                )
              : null,
          );
        })
      : [el('p', { class: 'empty' }, say('Aucun stage actuel ne peut l’accueillir.', 'No present stage can take this pupil.'))]),
  );
}

// ── beginning, and what others do meanwhile ─────────────────────────────────
async function all(path, into) {
  let next = '';
  do {
    const a = await call('GET', path + next);
    if (!a.ok) return a;
    for (const item of a.value.items) into.set(item.id, item);
    next = a.value.next ? `&after=${encodeURIComponent(a.value.next)}` : '';
  } while (next);
  return { ok: true };
}
/** Everything anew, after a connection that broke. */
async function reread() {
  const now = await call('GET', `/api/campaigns/${campaign}/stages`);
  if (!now.ok) return now;
  const seen = new Set(now.value.items.map((s) => s.id));
  for (const id of [...stages.keys()]) if (!seen.has(id)) drop(id);
  for (const s of now.value.items) if ((stages.get(s.id)?.version ?? -1) < s.version) put(s, true);
  return now;
}
let held = [];
function hear(news) {
  held.push(...news);
  if (!drag) flush();
}
/** What came while something was being dragged waits until it is dropped: nothing moves away under the hand. */
function flush() {
  const news = held;
  held = [];
  const theirs = [];
  for (const n of news) {
    const mine = n.byId === me,
      old = stages.get(n.stageId),
      who = mine ? say('Vous', 'You') : (n.by ?? say('Le service', 'The service'));
    lastBy.set(n.stageId, who);
    if (!n.stage) {
      if (old) {
        drop(n.stageId);
        if (!mine) theirs.push(`${who} – ${title(old)} : ${say('n’est plus au planning', 'is no longer in the timetable')}`);
      }
      continue;
    }
    if (old && old.version >= n.stage.version) continue;
    put(n.stage, !mine);
    if (mine) continue;
    const texts = old ? differences(old, n.stage) : [say('nouveau stage', 'new stage')];
    theirs.push(`${who} – ${title(n.stage)} : ${texts.join(' ; ')}`);
    if (opened === n.stageId) {
      const notes = panel.querySelector('[data-notes]');
      notes.className = 'note warn';
      notes.replaceChildren(
        say(`${who} vient de modifier ce stage : ${texts.join(' ; ')}.`, `${who} has just changed this stage: ${texts.join('; ')}.`),
      );
    }
  }
  if (theirs.length && !said.querySelector('[data-redo]'))
    tell(
      theirs.length > 3
        ? say(`${theirs.length} stages viennent de changer.`, `${theirs.length} stages have just changed.`)
        : theirs.join(' · '),
    );
}
function listen() {
  const events = new EventSource(`/api/campaigns/${campaign}/stages/events`);
  let heardOf = false;
  events.addEventListener('stages', (e) => hear(JSON.parse(e.data)));
  // The browser connects again by itself; what happened between is read once it has.
  events.addEventListener('here', () => {
    root.dataset.live = 'yes';
    if (heardOf === false && root.dataset.ready === 'yes') reread();
    heardOf = true;
  });
  events.addEventListener('anew', reread);
  events.addEventListener('error', () => {
    root.dataset.live = 'no';
    heardOf = false;
  });
}
frameOfBoard();
listen();
const people1 = all(`/api/campaigns/${campaign}/enrolments/pupils?limit=5000`, people);
const first = await call('GET', `/api/campaigns/${campaign}/stages`);
if (!first.ok)
  tell(
    first.value?.detail ??
      say('Le service reprend dans un instant : rechargez la page.', 'The service will be back in a moment: reload the page.'),
    [],
    true,
  );
await people1;
await drawAll(first.value?.items ?? []);
root.dataset.ready = 'yes';
for (const f of Object.values(fields)) f.addEventListener('input', filter);
