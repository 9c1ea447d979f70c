// Everything that this book keeps in the browser, in the reader's hands: solved steps imported from `cargo learn`, a copy to take
// along and open elsewhere, and an end to all of it. What a file says is checked, and shown as text. An import adds; it never
// takes away or replaces what is here. docs/page-markup.md describes the keys and the copy.
(() => {
  const place = document.querySelector('.kept');
  if (!place) return;
  const BOOK = 'distributed-systems-reasoning';
  const SCHEMA = 1;
  const LARGEST_FILE = 8 * 1024 * 1024;
  const LARGEST_VALUE = 1024 * 1024;
  const { store, isCommitted, progress } = window.dsr;
  const { make } = progress;
  const steps = new Set(place.dataset.steps.split(' '));

  const count = (n, one, many = one + 's') => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
  // Some names out of a file, short enough to read.
  const some = names => {
    const shown = names.slice(0, 8).map(name => (name.length > 40 ? name.slice(0, 40) + '…' : name));
    return shown.join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  };
  const isObject = x => x !== null && typeof x === 'object' && !Array.isArray(x);
  const sheetNumber = key => /^dsr\.worksheet\.(\d\d)$/.exec(key)?.[1];
  const nameOf = key => (sheetNumber(key) ? `worksheet ${sheetNumber(key)}` : { 'dsr.read': 'pages read', 'dsr.solved': 'solved steps' }[key] ?? key);

  // Windows' shells write UTF-16, with a mark in front.
  async function textOf(file) {
    if (file.size > LARGEST_FILE) throw new Error('it is larger than anything this book writes');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mark = bytes[0] * 256 + bytes[1];
    const code = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
    try { return new TextDecoder(code, { fatal: true }).decode(bytes); } catch { throw new Error('it is not a text'); }
  }

  // A fault told with a link in it.
  class Wrong extends Error {
    constructor(...parts) {
      super(parts.map(part => part.textContent ?? part).join(''));
      this.parts = parts;
    }
  }

  // What to do with a single worksheet, which another button on another page opens.
  function oneSheet(number) {
    const page = document.querySelector(`#contents a[data-page^="designs/${number}-"][data-page$="/evaluate.html"]`);
    const where = page ? make('a', '', `the Evaluate page of design ${number}`) : `the Evaluate page of design ${number}`;
    if (page) where.href = page.href;
    return ['it is the worksheet of one design, and this button opens a copy of everything. On ', where, ', below the form, press “Open a worksheet.toml”'];
  }

  async function documentOf(file) {
    const text = await textOf(file);
    const sheet = /^\s*design\s*=\s*["'](\d\d)-/m.exec(text);
    if (sheet && /^\s*schema\s*=/m.test(text)) throw new Wrong(...oneSheet(sheet[1]));
    let found = null;
    try { found = JSON.parse(text); } catch { /* said below */ }
    const take = Array.isArray(found?.steps) ? fromLearn : found?.book === BOOK && isObject(found.kept) ? fromCopy : null;
    if (!take) throw new Error('it is neither a list that `cargo learn list --out` wrote nor a copy saved here');
    if (found.schema !== SCHEMA) throw new Error(`its schema is ${some([JSON.stringify(found.schema) ?? 'missing'])}, this page reads schema ${SCHEMA}`);
    return () => take(found);
  }

  // Solved steps. What is solved here stays solved, also when the file has it open.
  function fromLearn({ steps: rows }) {
    const stepOf = row => (isObject(row) && typeof row.step === 'string' ? row.step : null);
    const before = progress.listed('dsr.solved');
    const solved = [...new Set(rows.filter(row => stepOf(row) !== null && row.state === 'solved').map(stepOf))];
    const known = solved.filter(step => steps.has(step));
    const unknown = solved.filter(step => !steps.has(step));
    const open = [...new Set(rows.filter(row => row?.state !== 'solved').map(stepOf))].filter(step => before.has(step));
    const unread = rows.filter(row => stepOf(row) === null).length;
    const added = known.filter(step => !before.has(step));
    if (added.length) progress.change('dsr.solved', added);
    return [
      known.length ? `${count(known.length, 'solved step')} in the file, ${added.length ? `${added.length} of them new here: ${some(added)}` : 'none of them new here'}.` : 'The file has no solved step of this book.',
      open.length && `Open in the file, and still solved here: ${some(open)}.`,
      unknown.length && `Left out, because this book does not have them: ${some(unknown)}.`,
      unread && `Left out, because they name no step: ${count(unread, 'entry', 'entries')}.`,
    ];
  }

  // Can this text stand under this key? Scripts check what they read once more; here strangers are kept out.
  function fits(key, text) {
    if (!/^dsr(\.[a-z0-9_-]+)+$/.test(key) || key.length > 100 || typeof text !== 'string' || text.length > LARGEST_VALUE) return false;
    if (key in progress.LISTS) return progress.parse(key, text) !== null;
    const number = sheetNumber(key);
    if (!number) return true;
    try {
      const sheet = JSON.parse(text);
      return sheet.schema === 1 && sheet.design.startsWith(number + '-');
    } catch {
      return false;
    }
  }

  function fromCopy({ kept }) {
    const [added, stayed, strange] = [[], [], []];
    for (const [key, text] of Object.entries(kept)) {
      const own = store.get(key);
      if (!fits(key, text)) strange.push(key);
      else if (key in progress.LISTS) {
        const names = progress.parse(key, text)[progress.LISTS[key]];
        const before = progress.listed(key);
        if (names.some(name => !before.has(name))) {
          progress.change(key, names);
          added.push(key);
        }
      } else if (own === null) {
        store.set(key, text);
        added.push(key);
      } else if (own !== text && sheetNumber(key)) stayed.push(key);
    }
    return [
      added.length ? `Taken from the copy: ${some(added.map(nameOf))}.` : 'The copy has nothing that is not here already.',
      stayed.length && `Different here, and left as it is here: ${some(stayed.map(nameOf))}. To replace one, save its worksheet.toml there and open it on its page here.`,
      strange.length && `Left out, because this book does not know what it is: ${some(strange)}.`,
    ];
  }

  // The panel.
  const now = make('p', 'kept-now');
  const said = make('div', 'kept-said');
  said.tabIndex = -1;
  said.hidden = true;
  const say = (lines, fault = false) => {
    if (fault) said.setAttribute('role', 'alert'); else said.removeAttribute('role');
    said.hidden = false;
    said.replaceChildren(...lines.filter(Boolean).map(line => make('p', '', ...[line].flat())));
    said.focus({ preventScroll: true });
    said.scrollIntoView({ block: 'center' });
  };
  const button = (words, act, className = 'btn quiet') => {
    const el = make('button', className, words);
    el.type = 'button';
    el.addEventListener('click', act);
    return el;
  };
  const file = make('input');
  file.type = 'file';
  file.accept = '.json,application/json,text/plain';
  file.hidden = true;

  function show() {
    const keys = store.keys();
    const sheets = keys.map(sheetNumber).filter(Boolean);
    const list = [
      [progress.listed('dsr.read').size, n => `${count(n, 'page')} read`],
      [sheets.length, n => `${count(n, 'worksheet')} (${sheets.filter(isCommitted).length} committed)`],
      [progress.listed('dsr.solved').size, n => count(n, 'solved step')],
      [keys.filter(key => key.endsWith('.unread')).length, n => `${count(n, 'record')} that could not be read and ${n === 1 ? 'was' : 'were'} set aside; a saved copy has ${n === 1 ? 'it' : 'them'}`],
    ].filter(([n]) => n).map(([n, words]) => words(n));
    const trouble = store.trouble();
    now.textContent = (list.length ? `Kept here: ${list.join(', ')}.` : 'Nothing of yours is kept here yet.')
      + (trouble ? ` ${trouble}: what is new lasts only until you leave this page. Save a copy to keep it.` : '');
    now.classList.toggle('trouble', trouble !== null);
    progress.show();
  }

  async function open() {
    const chosen = file.files[0];
    file.value = '';
    if (!chosen) return;
    let lines;
    let fault = false;
    try {
      lines = [`Opened ${some([chosen.name])}.`, ...(await documentOf(chosen))()];
    } catch (error) {
      fault = true;
      lines = [[`${some([chosen.name])} was not opened: `, ...(error.parts ?? [error.message]), '. Nothing was changed.']];
    }
    show();
    say(lines, fault);
  }

  function save() {
    const kept = Object.fromEntries(store.keys().map(key => [key, store.get(key)]));
    const text = JSON.stringify({ book: BOOK, schema: SCHEMA, saved: new Date().toISOString(), kept }, null, 1) + '\n';
    const link = make('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `${BOOK}.json`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say([`Saved as ${link.download}. Open it on this page in the other browser.`]);
  }

  // Forgetting asks first, and says what would go.
  const sure = make('div', 'kept-sure');
  sure.setAttribute('role', 'group');
  sure.setAttribute('aria-label', 'Forget everything here?');
  sure.hidden = true;
  const question = make('p', '');
  const no = button('Keep it', () => { sure.hidden = true; forget.focus(); });
  sure.append(question, make('p', 'kept-actions', button('Forget it all', () => {
    store.keys().forEach(store.remove);
    sure.hidden = true;
    show();
    say(['Forgotten. This browser keeps nothing of this book any more. Close its other tabs: what stands in them would be kept again as you type.']);
  }, 'btn'), no));
  const forget = button('Forget everything here', () => {
    show();
    question.textContent = `${now.textContent} Forgetting it cannot be undone, and first commits are lost. Save a copy if you may want it again.`;
    said.hidden = true;
    sure.hidden = false;
    no.focus();
  });

  file.addEventListener('change', open);
  place.append(now, make('p', 'kept-actions',
    button('Import from cargo learn', () => file.click()), button('Save a copy of everything', save),
    button('Open a saved copy', () => file.click()), forget, file), sure, said);
  show();
  addEventListener('storage', show);
})();
