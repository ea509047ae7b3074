// Enhancements only: every form works without this file.
document.documentElement.classList.add('js');

// Whole mornings at once, live; without a script the server reads the same boxes.
for (const bulk of document.querySelectorAll('[data-bulk]')) {
  const boxes = [...bulk.parentElement.querySelectorAll('.grid input')];
  const switches = [...bulk.querySelectorAll('input')];
  const show = () =>
    switches.forEach((s) => {
      const part = boxes.filter((b) => b.dataset.part === s.value);
      s.checked = part.length > 0 && part.every((b) => b.checked);
      s.indeterminate = !s.checked && part.some((b) => b.checked);
    });
  switches.forEach((s) =>
    s.addEventListener('change', () => {
      boxes
        .filter((b) => b.dataset.part === s.value)
        .forEach((b) => {
          b.checked = s.checked;
        });
      show();
    }),
  );
  boxes.forEach((b) => b.addEventListener('change', show));
  show();
}

// Schools appear while one types.
for (const field of document.querySelectorAll('[data-schools]')) {
  const input = field.querySelector('input[type=search]'),
    results = field.querySelector('[data-results]');
  const level = field.form.elements.level;
  let timer,
    last = '';
  const search = async () => {
    const text = input.value.trim();
    if (text.length < 3 || text === last) return;
    last = text;
    const answer = await fetch(
      `/api/schools?limit=8&search=${encodeURIComponent(text)}&level=${encodeURIComponent(level?.value ?? '')}`,
    ).catch(() => null);
    if (!answer?.ok || text !== last) return;
    const kept = results.querySelector('input:checked')?.closest('label');
    const { items } = await answer.json();
    results.replaceChildren(
      ...(kept ? [kept] : []),
      ...items
        .filter((s) => s.uai !== kept?.querySelector('input').value)
        .map((s) => {
          const label = document.createElement('label'),
            radio = document.createElement('input'),
            span = document.createElement('span'),
            small = document.createElement('small');
          label.className = 'choice';
          Object.assign(radio, { type: 'radio', name: 'school', value: s.uai });
          small.textContent = `${s.type}, ${s.commune} (${s.postcode})`;
          span.append(s.name, small);
          label.append(radio, span);
          return label;
        }),
    );
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter') {
      e.preventDefault();
      last = '';
      search();
    }
  });
}

// What was typed survives a failed connection: kept on this device until another page has followed, which says that it was saved.
const keys = () => Object.keys(localStorage).filter((k) => k.startsWith('stages:'));
const here = new Set([...document.querySelectorAll('form[data-keep]')].map((f) => `stages:${f.dataset.keep}`));
for (const key of keys()) if (!here.has(key) && localStorage.getItem(key).startsWith('{"sent":true')) localStorage.removeItem(key);
for (const form of document.querySelectorAll('form[data-keep]')) {
  const key = `stages:${form.dataset.keep}`;
  const fields = () =>
    [...form.elements].filter(
      (e) => e.name && !e.name.startsWith('__') && !e.name.startsWith('_') && e.type !== 'hidden' && e.type !== 'submit',
    );
  const read = () => fields().map((e) => [e.name, e.value, e.type === 'checkbox' || e.type === 'radio' ? e.checked : null]);
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (kept && Date.now() - kept.at < 864e5 && !document.querySelector('[role=alert]')) {
      for (const e of fields()) {
        const was = kept.values.find(([name, value, checked]) => name === e.name && (checked === null || value === e.value));
        if (was && was[2] !== null) e.checked = was[2];
        else if (was && !e.value) e.value = was[1];
      }
    }
  } catch {
    localStorage.removeItem(key);
  }
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        localStorage.setItem(key, JSON.stringify({ sent: false, at: Date.now(), values: read() }));
      } catch {
        /* full or forbidden: the draft on the server remains */
      }
    }, 300);
  });
  form.addEventListener('submit', (e) => {
    if (!navigator.onLine) {
      e.preventDefault();
      document.querySelector('.offline')?.removeAttribute('hidden');
      return;
    }
    clearTimeout(timer);
    try {
      localStorage.setItem(key, JSON.stringify({ sent: true, at: Date.now(), values: read() }));
    } catch {
      /* as above */
    }
  });
}

// Documents print themselves.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.parentElement.querySelector('[data-unprint]')?.remove();
  button.addEventListener('click', () => print());
}

// The summary of refusals is where the eye and the screen reader should be.
document.querySelector('[data-focus]')?.focus();

// A button pressed twice sends once.
for (const form of document.querySelectorAll('form[method=post]'))
  form.addEventListener('submit', (e) => {
    if (form.dataset.sent) e.preventDefault();
    form.dataset.sent = 'yes';
  });
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((f) => delete f.dataset.sent));

// Availability is painted: tap or Enter changes a cell, a drag gives its neighbours the same state. The menus underneath are what is sent.
for (const table of document.querySelectorAll('[data-paint]')) {
  const order = ['', 'possible', 'preferred'],
    mark = { '': '', possible: '✓', preferred: '★' };
  const cells = new Map();
  let brush = null;
  const set = (cell, state) => {
    const select = cells.get(cell);
    select.value = cell.dataset.state = state;
    cell.textContent = mark[state];
    cell.setAttribute(
      'aria-label',
      `${select.getAttribute('aria-label')}: ${select.selectedOptions[0].text === '–' ? '—' : select.selectedOptions[0].text}`,
    );
  };
  for (const select of table.querySelectorAll('select')) {
    const cell = document.createElement('button');
    cell.type = 'button';
    cell.className = 'paint';
    cells.set(cell, select);
    select.after(cell);
    set(cell, select.value);
    cell.addEventListener('pointerdown', (e) => {
      cell.releasePointerCapture?.(e.pointerId);
      brush = order[(order.indexOf(select.value) + 1) % 3];
      set(cell, brush);
    });
    cell.addEventListener('pointerenter', () => {
      if (brush !== null) set(cell, brush);
    });
    cell.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' || e.key === ' ') {
        e.preventDefault();
        set(cell, order[(order.indexOf(select.value) + 1) % 3]);
      }
      const at = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[e.key];
      if (!at) return;
      e.preventDefault();
      const td = cell.closest('td'),
        row = td.parentElement;
      const to = at[0] ? row.parentElement.rows[row.sectionRowIndex + at[0]]?.cells[td.cellIndex] : row.cells[td.cellIndex + at[1]];
      to?.querySelector('.paint')?.focus();
    });
  }
  addEventListener('pointerup', () => {
    brush = null;
  });
  table.addEventListener('pointermove', (e) => {
    if (brush !== null && e.pointerType === 'touch') {
      const cell = document.elementFromPoint(e.clientX, e.clientY);
      if (cells.has(cell)) set(cell, brush);
    }
  });
  for (const fill of table.parentElement.querySelectorAll('[data-fill]'))
    fill.addEventListener('change', () => {
      for (const [cell, select] of cells) {
        const hour = +select.name.slice(-5, -3);
        if (hour < 12 === (fill.value === 'morning') && (fill.checked ? !select.value : select.value === 'possible'))
          set(cell, fill.checked ? 'possible' : '');
      }
    });
}

// A pairing run is followed as it goes; without a script the page is reloaded by hand.
for (const run of document.querySelectorAll('[data-run]')) {
  const events = new EventSource(`/api/pairings/${run.dataset.run}/events`);
  const show = (e) => {
    const r = JSON.parse(e.data),
      bar = run.querySelector('progress'),
      placed = run.querySelector('[data-placed]'),
      gap = run.querySelector('[data-gap]');
    if (bar) bar.value = r.progress;
    if (r.score && placed) placed.textContent = r.score.placedWishes;
    if (r.score && gap)
      gap.textContent = `${(r.score.gap * 100).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} %`;
    if (r.score && !placed) location.reload();
  };
  events.addEventListener('progress', show);
  events.addEventListener('ended', () => {
    events.close();
    location.reload();
  });
}

// All lines of a table at once.
for (const all of document.querySelectorAll('table[data-choose] [data-all]')) {
  all.hidden = false;
  all.addEventListener('change', () =>
    all
      .closest('table')
      .tBodies[0].querySelectorAll('input[type=checkbox]')
      .forEach((b) => {
        b.checked = all.checked;
      }),
  );
}

// What others do appears by itself: the marked part of the page is read anew, unless somebody is in the middle of it.
for (const part of document.querySelectorAll('[data-fresh]')) {
  setInterval(async () => {
    const now = document.querySelector('[data-fresh]');
    if (document.hidden || now.contains(document.activeElement) || now.querySelector('details[open]')) return;
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    const fresh =
      answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-fresh]');
    if (fresh) now.replaceWith(document.adoptNode(fresh));
  }, +part.dataset.fresh * 1000);
}

// Installed or not, a lost connection shows a page of ours.
if ('serviceWorker' in navigator && (location.protocol === 'https:' || location.hostname === 'localhost'))
  addEventListener('load', () => navigator.serviceWorker.register('/sw.js').catch(() => {}));
