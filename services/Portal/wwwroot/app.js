// Enhancements only: every form works without this file.
document.documentElement.classList.add('js');

// Whole mornings at once, live; without a script the server reads the same boxes.
for (const bulk of document.querySelectorAll('[data-bulk]')) {
  const boxes = [...bulk.parentElement.querySelectorAll('.grid input')];
  const switches = [...bulk.querySelectorAll('input')];
  const show = () => switches.forEach(s => {
    const part = boxes.filter(b => b.dataset.part === s.value);
    s.checked = part.length > 0 && part.every(b => b.checked);
    s.indeterminate = !s.checked && part.some(b => b.checked);
  });
  switches.forEach(s => s.addEventListener('change', () => {
    boxes.filter(b => b.dataset.part === s.value).forEach(b => { b.checked = s.checked; });
    show();
  }));
  boxes.forEach(b => b.addEventListener('change', show));
  show();
}

// Schools appear while one types.
for (const field of document.querySelectorAll('[data-schools]')) {
  const input = field.querySelector('input[type=search]'), results = field.querySelector('[data-results]');
  const level = field.form.elements.level;
  let timer, last = '';
  const search = async () => {
    const text = input.value.trim();
    if (text.length < 3 || text === last) return;
    last = text;
    const answer = await fetch(`/api/schools?limit=8&search=${encodeURIComponent(text)}&level=${encodeURIComponent(level?.value ?? '')}`).catch(() => null);
    if (!answer?.ok || text !== last) return;
    const kept = results.querySelector('input:checked')?.closest('label');
    const { items } = await answer.json();
    results.replaceChildren(...(kept ? [kept] : []), ...items.filter(s => s.uai !== kept?.querySelector('input').value).map(s => {
      const label = document.createElement('label'), radio = document.createElement('input'), span = document.createElement('span'), small = document.createElement('small');
      label.className = 'choice';
      Object.assign(radio, { type: 'radio', name: 'school', value: s.uai });
      small.textContent = `${s.type}, ${s.commune} (${s.postcode})`;
      span.append(s.name, small);
      label.append(radio, span);
      return label;
    }));
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 200); });
  input.addEventListener('keydown', e => { if (e.key === 'Enter') { e.preventDefault(); last = ''; search(); } });
}

// What was typed survives a failed connection: kept on this device until another page has followed, which says that it was saved.
const keys = () => Object.keys(localStorage).filter(k => k.startsWith('stages:'));
const here = new Set([...document.querySelectorAll('form[data-keep]')].map(f => `stages:${f.dataset.keep}`));
for (const key of keys()) if (!here.has(key) && localStorage.getItem(key).startsWith('{"sent":true')) localStorage.removeItem(key);
for (const form of document.querySelectorAll('form[data-keep]')) {
  const key = `stages:${form.dataset.keep}`;
  const fields = () => [...form.elements].filter(e => e.name && !e.name.startsWith('__') && !e.name.startsWith('_') && e.type !== 'hidden' && e.type !== 'submit');
  const read = () => fields().map(e => [e.name, e.value, e.type === 'checkbox' || e.type === 'radio' ? e.checked : null]);
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (kept && Date.now() - kept.at < 864e5 && !document.querySelector('[role=alert]')) {
      for (const e of fields()) {
        const was = kept.values.find(([name, value, checked]) => name === e.name && (checked === null || value === e.value));
        if (was && was[2] !== null) e.checked = was[2];
        else if (was && !e.value) e.value = was[1];
      }
    }
  } catch { localStorage.removeItem(key); }
  let timer;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => { try { localStorage.setItem(key, JSON.stringify({ sent: false, at: Date.now(), values: read() })); } catch { /* full or forbidden: the draft on the server remains */ } }, 300); });
  form.addEventListener('submit', e => {
    if (!navigator.onLine) { e.preventDefault(); document.querySelector('.offline')?.removeAttribute('hidden'); return; }
    clearTimeout(timer);
    try { localStorage.setItem(key, JSON.stringify({ sent: true, at: Date.now(), values: read() })); } catch { /* as above */ }
  });
}

// The summary of refusals is where the eye and the screen reader should be.
document.querySelector('[data-focus]')?.focus();

// A button pressed twice sends once.
for (const form of document.querySelectorAll('form[method=post]'))
  form.addEventListener('submit', e => { if (form.dataset.sent) e.preventDefault(); form.dataset.sent = 'yes'; });
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(f => delete f.dataset.sent));
