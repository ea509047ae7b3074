// The coordinator's board: stages as cards in the columns of their weeks, moved by drag and drop or by keyboard through the
// public API. A move is first asked as a dry run, so each conflict is shown before it is made; the version of the stage goes
// with it, so that of two coordinators one wins and the other sees what happened. Over 150 lines: one thing, one file.
const root = document.getElementById('board');
const { campaign, token, language } = root.dataset;
const plan = JSON.parse(document.getElementById('board-data').textContent);
const say = (fr, en) => language === 'en' ? en : fr;
const columns = root.querySelector('[data-columns]'), said = root.querySelector('[data-said]'), panel = root.querySelector('[data-panel]'), undoButton = root.querySelector('[data-undo]');
const stages = new Map(), people = new Map(), offers = new Map(), cards = new Map(), undo = [];
const days = ['MON', 'TUE', 'WED', 'THU', 'FRI'];
const subjectName = code => plan.subjects.find(s => s.code === code)?.name ?? code;
const el = (tag, attributes = {}, ...children) => { const e = document.createElement(tag); for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined && v !== false) k in e && k !== 'list' && typeof v !== 'string' ? e[k] = v : e.setAttribute(k, v === true ? '' : v); e.append(...children.filter(c => c !== null && c !== undefined)); return e; };

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
  } catch { return { ok: false, status: 0, value: { detail: say('La connexion est coupée : rien n’a changé.', 'The connection is down: nothing has changed.') } }; }
}
const conflictsOf = answer => (answer.value?.conflicts ?? []).map(c => c.text ?? c.detail ?? c.code);
function tell(text, conflicts = [], bad = false) {
  said.classList.toggle('bad', bad);
  said.replaceChildren(text, ...(conflicts.length ? [el('ul', {}, ...conflicts.map(c => el('li', {}, c)))] : []));
}

// ── names ───────────────────────────────────────────────────────────────────
const pupilName = id => { const e = people.get(id); return e ? `${e.pupil.firstName} ${e.pupil.lastName.slice(0, 1)}.` : id.slice(0, 6); };
const dayName = (week, date) => plan.weeks.find(w => w.label === week)?.days.find(d => d.date === date)?.name ?? date;
const hour = t => say(t.replace(/^0/, '').replace(':00', ' h').replace(':', ' h '), t);
const title = s => `${subjectName(s.subject)} ${s.level}`;

// ── drawing ─────────────────────────────────────────────────────────────────
function card(s) {
  const node = el('article', { class: 'stage', tabindex: '-1', draggable: 'true', 'data-id': s.id, 'data-status': s.status, 'aria-label': `${title(s)}, ${s.teacherName ?? ''}, ${s.pupils.length} ${say('élèves', 'pupils')}` },
    el('h3', {}, el('span', {}, title(s)), el('span', {}, `${s.pinned ? '📌 ' : ''}${s.pupils.length}/${s.pupils.length + s.freePlaces}`)),
    el('p', {}, s.needsTeacher ? say('Enseignant à remplacer', 'Teacher to replace') : s.teacherName ?? ''),
    el('ul', { class: 'chips' }, ...s.modules.map((m, i) => el('li', { class: 'chip module', draggable: 'true', 'data-module': String(i) }, `${dayName(s.week, m.date)} ${hour(m.start)}`))),
    el('ul', { class: 'chips' }, ...s.pupils.map(p => el('li', { class: 'chip', draggable: 'true', 'data-pupil': p.enrolmentId }, pupilName(p.enrolmentId)))));
  return node;
}
function shows(s) {
  const f = name => root.querySelector(`[name=${name}]`).value.trim().toLowerCase();
  return (!f('subject') || s.subject.toLowerCase() === f('subject')) && (!f('level') || (s.levels ?? s.level.split('-')).some(l => l.toLowerCase() === f('level')))
    && (!f('status') || s.status === f('status')) && (!f('school') || s.pupils.some(p => p.schoolUai?.toLowerCase().startsWith(f('school')))) && (!f('teacher') || (s.teacherName ?? '').toLowerCase().includes(f('teacher')));
}
function draw() {
  const focused = document.activeElement?.closest?.('.stage')?.dataset.id;
  cards.clear();
  const live = [...stages.values()].filter(shows).sort((a, b) => a.subject.localeCompare(b.subject) || plan.levels.indexOf(a.level.split('-')[0]) - plan.levels.indexOf(b.level.split('-')[0]) || a.id.localeCompare(b.id));
  columns.replaceChildren(...plan.weeks.map(w => {
    const mine = live.filter(s => s.week === w.label);
    const list = el('div', { class: 'board-list' }, ...mine.map(s => { const c = card(s); cards.set(s.id, c); return c; }));
    return el('section', { class: 'board-week', 'data-week': w.label, 'aria-label': w.title }, el('h2', {}, w.title, ' ', el('small', {}, `${mine.length} stages`)), list);
  }), waitingColumn());
  // One stop of the Tab key in each column; arrows do the rest.
  for (const list of columns.querySelectorAll('.board-list')) { const first = (focused && list.querySelector(`[data-id="${focused}"]`)) || list.querySelector('.stage'); if (first) first.tabIndex = 0; else list.tabIndex = 0; }
  if (focused) cards.get(focused)?.focus({ preventScroll: true });
}
function redraw(s, fresh) {
  stages.set(s.id, s);
  const old = cards.get(s.id);
  if (!old || !shows(s) || old.closest('.board-week')?.dataset.week !== s.week) { draw(); if (fresh) cards.get(s.id)?.classList.add('fresh'); return; }
  const now = card(s); now.tabIndex = old.tabIndex; if (fresh) now.classList.add('fresh');
  const had = document.activeElement === old; old.replaceWith(now); cards.set(s.id, now); if (had) now.focus();
}
function unplaced() {
  const placed = new Set([...stages.values()].flatMap(s => s.pupils.map(p => `${p.enrolmentId}/${s.subject}`)));
  return [...people.values()].flatMap(e => e.status === 'submitted' ? e.wishes.filter(w => !placed.has(`${e.id}/${w.subject}`)).map(w => ({ e, subject: w.subject })) : []);
}
function waitingColumn() {
  const f = name => root.querySelector(`[name=${name}]`).value;
  const all = unplaced().filter(u => (!f('subject') || u.subject === f('subject')) && (!f('level') || u.e.pupil.level === f('level')) && (!f('school') || u.e.pupil.schoolUai.startsWith(f('school').toUpperCase())));
  return el('section', { class: 'board-week waiting', 'aria-label': say('Sans place', 'Unplaced') }, el('h2', {}, say('Sans place', 'Unplaced'), ' ', el('small', {}, String(all.length))),
    el('ul', { class: 'chips board-list' }, ...all.slice(0, 200).map(u => el('li', { class: 'chip wish', draggable: 'true', 'data-pupil': u.e.id, 'data-subject': u.subject }, `${u.e.pupil.firstName} ${u.e.pupil.lastName.slice(0, 1)}. – ${subjectName(u.subject)} ${u.e.pupil.level}`))));
}

// ── moves ───────────────────────────────────────────────────────────────────
const content = s => ({ week: s.week, teacherOfferId: s.teacherOfferId, modules: s.modules.map(m => ({ id: m.id, date: m.date, start: m.start })), pupils: s.pupils.map(p => ({ enrolmentId: p.enrolmentId, wish: p.wish })) });
const withModule = (s, index, date, start) => ({ ...content(s), modules: content(s).modules.map((m, i) => i === index ? { ...m, date, start } : m) });
const withWeek = (s, week) => {
  const [from, to] = [plan.weeks.find(w => w.label === s.week), plan.weeks.find(w => w.label === week)];
  return { ...content(s), week, modules: s.modules.map(m => ({ date: to.days[from.days.findIndex(d => d.date === m.date)].date, start: m.start })) };
};
const withPupil = (s, id, from) => ({ ...content(s), pupils: [...content(s).pupils, { enrolmentId: id, wish: s.subject, from: from ?? null }] });
const withoutPupil = (s, id) => ({ ...content(s), pupils: content(s).pupils.filter(p => p.enrolmentId !== id) });

async function preview(s, body) {
  const answer = await call('PUT', `/api/stages/${s.id}?dryRun=true`, body);
  return answer.ok ? { possible: answer.value.possible, conflicts: conflictsOf(answer) } : { possible: false, conflicts: conflictsOf(answer).length ? conflictsOf(answer) : [answer.value?.detail ?? ''] };
}
async function move(s, body, what, inverse) {
  const began = performance.now();
  const answer = await call('PUT', `/api/stages/${s.id}`, body, s.version);
  root.dataset.answeredIn = String(Math.round(performance.now() - began));
  if (answer.ok) {
    redraw(answer.value);
    for (const p of body.pupils ?? []) if (p.from) await refresh(p.from);
    if (inverse) { undo.push(inverse); undoButton.disabled = false; }
    tell(what);
    return true;
  }
  if (answer.status === 412) {
    await refresh(s.id, true);
    tell(say('Quelqu’un vient de modifier ce stage : il est rechargé, votre geste n’a rien changé. Refaites-le s’il convient encore.', 'Somebody has just changed this stage: it is reloaded, your move has changed nothing. Do it again if it still fits.'), [], true);
  } else {
    cards.get(s.id)?.classList.add('conflict');
    tell(answer.status === 409 ? say('Ce geste n’est pas possible :', 'This move is not possible:') : answer.value?.detail ?? '', conflictsOf(answer), true);
    setTimeout(() => cards.get(s.id)?.classList.remove('conflict'), 2500);
  }
  return false;
}
async function refresh(id, fresh) { const a = await call('GET', `/api/stages/${id}`); if (a.ok) redraw(a.value, fresh); }

const moveModule = (id, index, date, start) => { const s = stages.get(id), m = s.modules[index]; if (m.date === date && m.start === start) return; return move(s, withModule(s, index, date, start), say(`${title(s)} : séance déplacée.`, `${title(s)}: session moved.`), () => { const now = stages.get(id), i = now.modules.findIndex(x => x.date === date && x.start === start); return move(now, withModule(now, i, m.date, m.start), say('Séance remise en place.', 'Session put back.')); }); };
const moveWeek = (id, week) => { const s = stages.get(id), was = s.week; if (was === week) return; return move(s, withWeek(s, week), say(`${title(s)} : semaine changée.`, `${title(s)}: week changed.`), () => move(stages.get(id), withWeek(stages.get(id), was), say('Semaine remise.', 'Week put back.'))); };
const moveTeacher = (id, offer) => { const s = stages.get(id), was = s.teacherOfferId; return move(s, { ...content(s), teacherOfferId: offer, modules: content(s).modules.map(({ date, start }) => ({ date, start })) }, say('Enseignant changé.', 'Teacher changed.'), () => move(stages.get(id), { ...content(stages.get(id)), teacherOfferId: was }, say('Enseignant remis.', 'Teacher put back.'))); };
const movePupil = (to, pupil, from) => { const s = stages.get(to); return move(s, withPupil(s, pupil, from), say(`${pupilName(pupil)} : placé en ${title(s)}.`, `${pupilName(pupil)}: placed in ${title(s)}.`), () => from ? move(stages.get(from), withPupil(stages.get(from), pupil, to), say('Élève remis en place.', 'Pupil put back.')) : move(stages.get(to), withoutPupil(stages.get(to), pupil), say('Élève retiré.', 'Pupil removed.'))).then(done => { if (done) draw(); return done; }); };
async function act(id, verb, body = {}) {
  const s = stages.get(id);
  const answer = await call('POST', `/api/stages/${id}/${verb}`, body, s.version);
  if (answer.ok) { if (verb === 'reject') { stages.delete(id); draw(); } else redraw(answer.value); tell(say('C’est fait.', 'Done.')); if (verb === 'pin' || verb === 'unpin') { undo.push(() => act(id, verb === 'pin' ? 'unpin' : 'pin')); undoButton.disabled = false; } }
  else if (answer.status === 412) { await refresh(id, true); tell(say('Quelqu’un vient de modifier ce stage : il est rechargé.', 'Somebody has just changed this stage: it is reloaded.'), [], true); }
  else tell(answer.value?.detail ?? '', conflictsOf(answer), true);
}
async function undoLast() { const last = undo.pop(); undoButton.disabled = undo.length === 0; if (last) { const kept = undo.length; await last(); undo.length = kept; undoButton.disabled = kept === 0; } }
undoButton.addEventListener('click', undoLast);

// ── drag and drop ───────────────────────────────────────────────────────────
let drag = null, hover = null;
function miniGrid(s, index) {
  const week = plan.weeks.find(w => w.label === s.week);
  return el('table', { class: 'mini', 'data-mini': s.id }, el('tbody', {}, ...plan.starts.map(start => el('tr', {}, ...week.days.map(d => el('td', { 'data-date': d.date, 'data-start': start, class: d.closed ? 'closed' : s.modules.some(m => m.date === d.date && m.start === start) ? 'here' : '' }, `${d.name.slice(0, 3)} ${start.slice(0, 2)}`))))));
}
columns.addEventListener('dragstart', e => {
  const stage = e.target.closest('.stage')?.dataset.id;
  if (e.target.dataset.pupil) drag = { pupil: e.target.dataset.pupil, from: stage ?? null, subject: e.target.dataset.subject ?? stages.get(stage)?.subject };
  else if (e.target.dataset.module) { drag = { module: +e.target.dataset.module, stage }; const grid = miniGrid(stages.get(stage), drag.module); setTimeout(() => cards.get(stage)?.append(grid)); }
  else if (stage) drag = { stage };
  e.dataTransfer.effectAllowed = 'move'; e.dataTransfer.setData('text/plain', JSON.stringify(drag)); e.stopPropagation();
});
columns.addEventListener('dragend', () => { drag = null; hover = null; document.querySelectorAll('.mini[data-mini]').forEach(m => m.remove()); document.querySelectorAll('.good-drop, .conflict, .over').forEach(n => n.classList.remove('good-drop', 'conflict', 'over')); });
columns.addEventListener('dragover', e => {
  if (!drag) return;
  const cell = e.target.closest?.('.mini td'), over = e.target.closest?.('.stage'), week = e.target.closest?.('.board-week')?.dataset.week;
  if (drag.module !== undefined ? cell : drag.pupil ? over : week) e.preventDefault();
  const key = drag.module !== undefined ? cell && cell.dataset.date + cell.dataset.start : drag.pupil ? over?.dataset.id : week;
  if (!key || key === hover) return;
  hover = key;
  document.querySelectorAll('.good-drop, .conflict, .over').forEach(n => n.classList.remove('good-drop', 'conflict', 'over'));
  const target = drag.pupil ? stages.get(over.dataset.id) : stages.get(drag.stage);
  if (drag.pupil ? target.subject !== drag.subject || over.dataset.id === drag.from : drag.module === undefined && week === target.week) return;
  cell?.classList.add('over');
  const body = drag.pupil ? withPupil(target, drag.pupil, drag.from) : drag.module !== undefined ? withModule(target, drag.module, cell.dataset.date, cell.dataset.start) : withWeek(target, week);
  preview(target, body).then(p => { if (hover !== key || !drag) return; cards.get(target.id)?.classList.add(p.possible ? 'good-drop' : 'conflict'); tell(p.possible ? say('Possible : lâchez.', 'Possible: drop.') : say('Ce geste serait refusé :', 'This move would be refused:'), p.conflicts, !p.possible); });
});
columns.addEventListener('drop', e => {
  e.preventDefault();
  const d = drag, cell = e.target.closest('.mini td'), over = e.target.closest('.stage')?.dataset.id, week = e.target.closest('.board-week')?.dataset.week;
  drag = null; hover = null;
  if (!d) return;
  if (d.pupil && over && over !== d.from) { if (stages.get(over).subject === d.subject) movePupil(over, d.pupil, d.from); else tell(say('Ce stage est dans une autre matière.', 'This stage is in another subject.'), [], true); }
  else if (d.module !== undefined && cell && !cell.classList.contains('closed')) moveModule(d.stage, d.module, cell.dataset.date, cell.dataset.start);
  else if (d.stage && d.module === undefined && week) moveWeek(d.stage, week);
});

// ── keyboard ────────────────────────────────────────────────────────────────
columns.addEventListener('keydown', e => {
  const current = e.target.closest('.stage');
  if (!current || e.ctrlKey || e.metaKey || e.altKey) return;
  const list = [...current.parentElement.children], i = list.indexOf(current), weeks = [...columns.querySelectorAll('.board-week')], w = weeks.indexOf(current.closest('.board-week'));
  const across = step => { const other = weeks[w + step]?.querySelectorAll('.stage'); return other?.[Math.min(i, other.length - 1)]; };
  const to = { ArrowDown: () => list[i + 1], ArrowUp: () => list[i - 1], ArrowRight: () => across(1), ArrowLeft: () => across(-1), Home: () => list[0], End: () => list.at(-1) }[e.key];
  if (to) { e.preventDefault(); const next = to(); if (next) { current.tabIndex = -1; next.tabIndex = 0; next.focus(); next.scrollIntoView({ block: 'nearest' }); } }
  else if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); openPanel(current.dataset.id); }
  else if (e.key.toLowerCase() === 'p') act(current.dataset.id, stages.get(current.dataset.id).pinned ? 'unpin' : 'pin');
  else if (e.key.toLowerCase() === 'v') act(current.dataset.id, 'approve');
});
columns.addEventListener('dblclick', e => { const c = e.target.closest('.stage'); if (c) openPanel(c.dataset.id); });
addEventListener('keydown', e => { if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName)) { e.preventDefault(); undoLast(); } });

// The panel does with menus and buttons what dragging does: for the keyboard, for fingers, for screen readers.
function openPanel(id) {
  const s = stages.get(id), week = plan.weeks.find(w => w.label === s.week), notes = el('div', { role: 'status', 'aria-live': 'polite' });
  const row = (label, select, apply, body) => {
    const button = el('button', { class: 'button small', type: 'button', disabled: true }, say('Appliquer', 'Apply'));
    const name = `row-${Math.random().toString(36).slice(2)}`;
    select.id = name;
    select.addEventListener('change', async () => { button.disabled = true; const p = await preview(stages.get(id), body(select.value)); notes.className = p.possible ? 'note done' : 'note bad'; notes.replaceChildren(p.possible ? say('Possible.', 'Possible.') : say('Ce geste serait refusé :', 'This move would be refused:'), el('ul', {}, ...p.conflicts.map(c => el('li', {}, c)))); button.disabled = !p.possible; });
    button.addEventListener('click', async () => { await apply(select.value); panel.close(); cards.get(id)?.focus(); });
    return el('div', { class: 'row' }, el('div', {}, el('label', { for: name }, label), select), button);
  };
  const options = (list, chosen) => list.map(([v, t]) => el('option', { value: v, selected: v === chosen }, t));
  const slots = week.days.flatMap(d => d.closed ? [] : plan.starts.map(t => [`${d.date} ${t}`, `${d.name} ${hour(t)}`]));
  const sameSubject = [...stages.values()].filter(o => o.id !== id && o.subject === s.subject && o.status !== 'cancelled');
  const able = [...offers.values()].filter(o => o.status !== 'withdrawn' && o.teaches.some(t => t.subject === s.subject && (s.levels ?? [s.level]).every(l => t.levels.includes(l))));
  const reason = el('textarea', { rows: '2', id: 'reason', maxlength: '1000' });
  const button = (text, run, kind = 'quiet') => { const b = el('button', { class: `button small ${kind}`, type: 'button' }, text); b.addEventListener('click', async () => { await run(); panel.close(); cards.get(id)?.focus(); }); return b; };
  const close = el('button', { class: 'button quiet small', type: 'button' }, say('Fermer', 'Close')); close.addEventListener('click', () => { panel.close(); cards.get(id)?.focus(); });
  panel.replaceChildren(el('h2', { id: 'panel-title', style: 'margin-top:0' }, `${title(s)} – ${s.needsTeacher ? say('sans enseignant', 'no teacher') : s.teacherName}`), notes,
    el('p', { class: 'actions', style: 'margin:0 0 .8rem' }, ...(s.status === 'draft' ? [button(say('Valider', 'Approve'), () => act(id, 'approve'), '')] : []), button(s.pinned ? say('Désépingler', 'Unpin') : say('Épingler', 'Pin'), () => act(id, s.pinned ? 'unpin' : 'pin')), close),
    el('h3', {}, say('Séances', 'Sessions')), ...s.modules.map((m, i) => row(`${say('Séance', 'Session')} ${i + 1}`, el('select', {}, ...options(slots, `${m.date} ${m.start}`)), v => moveModule(id, i, ...v.split(' ')), v => withModule(stages.get(id), i, ...v.split(' ')))),
    row(say('Semaine', 'Week'), el('select', {}, ...options(plan.weeks.map(w => [w.label, w.title]), s.week)), v => moveWeek(id, v), v => withWeek(stages.get(id), v)),
    row(say('Enseignant', 'Teacher'), el('select', {}, ...options(able.map(o => [o.id, o.teacher?.name ?? o.id.slice(0, 6)]), s.teacherOfferId)), v => moveTeacher(id, v), v => ({ ...content(stages.get(id)), teacherOfferId: v, modules: content(stages.get(id)).modules.map(({ date, start }) => ({ date, start })) })),
    el('h3', {}, say('Élèves', 'Pupils')), ...s.pupils.map(p => { const pick = el('select', {}, el('option', { value: '' }, say('reste ici', 'stays here')), ...options(sameSubject.filter(o => (o.levels ?? [o.level]).includes(people.get(p.enrolmentId)?.pupil.level ?? p.level)).map(o => [o.id, `${title(o)}, ${o.week}, ${o.teacherName ?? ''} (${o.pupils.length})`]))); const r = row(pupilName(p.enrolmentId), pick, v => v && movePupil(v, p.enrolmentId, id), () => ({})); const b = r.querySelector('button'); pick.addEventListener('change', async e => { e.stopImmediatePropagation(); if (!pick.value) { b.disabled = true; return; } const t = stages.get(pick.value), x = await preview(t, withPupil(t, p.enrolmentId, id)); notes.className = x.possible ? 'note done' : 'note bad'; notes.replaceChildren(x.possible ? say('Possible.', 'Possible.') : say('Ce geste serait refusé :', 'This move would be refused:'), el('ul', {}, ...x.conflicts.map(c => el('li', {}, c)))); b.disabled = !x.possible; }, { capture: true }); return r; }),
    el('h3', {}, say('Renoncer à ce stage', 'Give this stage up')), el('label', { for: 'reason' }, say('Motif', 'Reason')), reason, el('p', { class: 'actions' }, button(say('Rejeter', 'Reject'), () => act(id, 'reject', { reason: reason.value }), 'bad')));
  panel.showModal();
}

// ── beginning, and what others do meanwhile ─────────────────────────────────
async function all(path, into) { let next = ''; do { const a = await call('GET', path + next); if (!a.ok) return a; for (const item of a.value.items) into.set(item.id, item); next = a.value.next ? `&after=${encodeURIComponent(a.value.next)}` : ''; } while (next); return { ok: true }; }
async function readStages() { const a = await call('GET', `/api/campaigns/${campaign}/stages`); if (!a.ok) return a; return { ok: true, items: a.value.items }; }
const first = await readStages();
if (!first.ok) tell(first.value?.detail ?? say('Le service reprend dans un instant : rechargez la page.', 'The service will be back in a moment: reload the page.'), [], true);
for (const s of first.items ?? []) stages.set(s.id, s);
draw();
root.dataset.ready = 'stages';
await Promise.all([all(`/api/campaigns/${campaign}/enrolments?limit=1000&status=submitted`, people), all(`/api/campaigns/${campaign}/offers?limit=500`, offers)]);
draw();
root.dataset.ready = 'yes';
for (const input of root.querySelectorAll('.filters input, .filters select')) input.addEventListener('input', draw);
setInterval(async () => {
  if (document.hidden || drag || panel.open) return;
  const now = await readStages();
  if (!now.ok) return;
  const seen = new Set(now.items.map(s => s.id));
  let gone = false;
  for (const id of [...stages.keys()]) if (!seen.has(id)) { stages.delete(id); gone = true; }
  for (const s of now.items) if ((stages.get(s.id)?.version ?? -1) < s.version) redraw(s, true);
  if (gone) draw();
}, 4000);
