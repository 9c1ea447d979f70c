// Worksheets: intervals with their reasons, committed as a whole, frozen once, kept in this browser, exchanged as
// worksheet.toml. docs/page-markup.md describes the form that this script finds in the page and the keys that it stores.
(() => {
  const SCHEMA = 1;
  const FIELDS = ['low', 'high', 'reason', 'mechanism'];
  const VERDICT = ['strongest', 'weakest', 'swap', 'decision', 'reverses_when'];
  const LARGEST_FILE = 256 * 1024;

  // Storage that may be blocked or full. What cannot be written is kept for as long as the page is open.
  const memory = new Map();
  let trouble = null;
  const store = {
    /** Why the browser did not keep what was written last, in words; null when it did. */
    trouble: () => trouble,
    get(key) {
      if (memory.has(key)) return memory.get(key);
      try { return localStorage.getItem(key); } catch { return null; }
    },
    // Gives the reason in words when the browser did not keep it.
    set(key, value) {
      try {
        localStorage.setItem(key, value);
        memory.delete(key);
        trouble = null;
      } catch (error) {
        memory.set(key, value);
        trouble = error.name === 'QuotaExceededError' ? 'This browser’s storage is full' : 'This browser keeps nothing for this page (its storage is blocked)';
      }
      return trouble;
    },
    remove(key) {
      memory.delete(key);
      try { localStorage.removeItem(key); } catch { /* blocked: nothing of it is there */ }
    },
    /** The names of all that this book keeps. */
    keys() {
      let kept = [];
      try { kept = Object.keys(localStorage); } catch { /* blocked */ }
      return [...new Set([...kept, ...memory.keys()])].filter(key => key.startsWith('dsr.')).sort();
    },
    // What cannot be read (damaged, or from a newer edition) is kept beside its place, since its place will be written to.
    setAside(key) {
      const text = store.get(key);
      const aside = key + '.unread';
      if (text === null || store.get(aside) === text || store.set(aside, text) === null) return;
      store.remove(key); // there is no room for both
      if (store.set(aside, text) !== null) store.set(key, text);
    },
  };

  const make = (tag, props = {}, ...children) => {
    const el = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key in el) el[key] = value; else el.setAttribute(key, value);
    }
    el.append(...children);
    return el;
  };
  const day = text => new Date(text).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const print = n => n.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  // "18 ms", "3 slots", but "1 in 40".
  const isLead = unit => /\bin$/.test(unit);
  const withUnit = (words, of) => {
    const unit = of.replaceAll(' ', '\u00a0');
    return isLead(unit) ? `${unit}\u00a0${words}` : unit ? `${words}${unit.length > 2 ? '\u00a0' : '\u202f'}${unit}` : words;
  };
  const interval = (ends, unit) => withUnit(ends.map(print).join(' to '), unit);

  // A number as people type it: 1200, 1,200, 1 200, 0.5. null when it is none.
  const number = text => {
    const bare = text.trim().replace(/[\s\u00a0\u202f_]/g, '');
    const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : null;
  };

  // Why an answer cannot be committed, or null. The same rules as `cargo learn`.
  const objection = (answer, scale, unit) => {
    if (!answer.low.trim() && !answer.high.trim()) return 'not answered yet.';
    if (!answer.low.trim() || !answer.high.trim()) return 'an interval has two ends.';
    const [low, high] = [number(answer.low), number(answer.high)];
    if (low === null || high === null) return `“${(low === null ? answer.low : answer.high).trim()}” is not a number; write one like 1200 or 0.5.`;
    if (low <= 0 || high <= 0) return 'both ends are above zero.';
    if (low > high) return `the low end, ${print(low)}, is above the high end, ${print(high)}.`;
    if (scale === 'share' && high > 100) return 'a share ends at 100 %.';
    if (scale === 'share' && high - low > 40) return `${print(high - low)} points wide, at most 40: say something that could be wrong.`;
    if (scale !== 'share' && high > low * 10) return `a factor of ${print(Number((high / low).toPrecision(3)))} wide, at most 10: say something that could be wrong.`;
    return null;
  };

  // TOML: the subset of worksheet.toml, written and read.
  const quoted = text => '"' + text.replace(/[\\"\u0000-\u001f\u007f]/g, c => ({ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t' }[c] ?? '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))) + '"';
  const list = values => '[' + values.map(v => String(v)).join(', ') + ']';
  const ends = answer => {
    const pair = [number(answer.low), number(answer.high)];
    return pair.includes(null) ? [] : pair;
  };

  function toToml(design, ids, sheet) {
    const lines = [`design = ${quoted(design)}`, `schema = ${SCHEMA}`, ''];
    for (const id of ids) {
      const a = sheet.answers[id];
      lines.push(`[answers.${id}]`, `answer = ${list(ends(a))}`, `reason = ${quoted(a.reason)}`, `mechanism = ${quoted(a.mechanism)}`, `first = ${list(a.first)}`, '');
    }
    lines.push('[verdict]', ...VERDICT.map(key => `${key} = ${quoted(sheet.verdict[key])}`), '');
    return lines.join('\n');
  }

  // Reads tables of strings, numbers and lists of numbers into a Map of "table.key" → value. Throws a sentence with the line.
  function fromToml(text) {
    const found = new Map();
    let at = 0;
    let table = '';
    const fail = what => { throw new Error(`line ${text.slice(0, at).split('\n').length}: ${what}`); };
    const take = pattern => {
      pattern.lastIndex = at;
      const m = pattern.exec(text);
      if (m) at = pattern.lastIndex;
      return m && m[0];
    };
    const blank = () => { while (take(/(?:[ \t\r\n]+|#[^\n]*)/y)); };
    const endOfLine = () => { take(/[ \t]*(?:#[^\n]*)?/y); if (at < text.length && !take(/\r?\n/y)) fail('something is left over at the end of the line'); };
    const name = () => {
      const parts = [];
      do {
        take(/[ \t]*/y);
        const part = take(/[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*'/y);
        if (part === null) fail('expected a name');
        parts.push(part.replace(/^["']|["']$/g, ''));
        take(/[ \t]*/y);
      } while (take(/\./y));
      return parts.join('.');
    };
    const unescape = body => body.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*\r?\n\s*|[^])/g, (whole, code) => {
      if (/^[uU]./.test(code)) {
        const point = parseInt(code.slice(1), 16);
        return point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : fail(`${whole} is no character`);
      }
      if (/\n/.test(code)) return '';
      return { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b', '"': '"', '\\': '\\' }[code] ?? fail(`${whole} is no escape`);
    });
    const scalar = () => {
      let body;
      if ((body = take(/"""(?:[^"\\]|\\[^]|"(?!""))*"{3,5}/y)) !== null) return unescape(body.slice(3, -3).replace(/^\r?\n/, ''));
      if ((body = take(/'''(?:[^']|'(?!''))*'{3,5}/y)) !== null) return body.slice(3, -3).replace(/^\r?\n/, '');
      if ((body = take(/"(?:[^"\\\n]|\\[^\n])*"/y)) !== null) return unescape(body.slice(1, -1));
      if ((body = take(/'[^'\n]*'/y)) !== null) return body.slice(1, -1);
      if ((body = take(/[+-]?\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d{1,3})?(?![\w.:-])/y)) !== null) {
        const n = Number(body.replaceAll('_', ''));
        if (Number.isFinite(n)) return n;
      }
      return fail('expected a text in quotation marks, a number, or a list of numbers');
    };
    const value = () => {
      if (!take(/\[/y)) return scalar();
      const items = [];
      for (;;) {
        blank();
        if (take(/\]/y)) return items;
        const item = scalar();
        if (typeof item !== 'number') fail('a list holds numbers only');
        items.push(item);
        blank();
        if (!take(/,/y) && text[at] !== ']') fail('expected , or ]');
      }
    };
    for (;;) {
      blank();
      if (at >= text.length) return found;
      if (take(/\[/y)) {
        table = name() + '.';
        if (!take(/\]/y)) fail('expected ]');
      } else {
        const key = table + name();
        if (!take(/=/y)) fail('expected =');
        take(/[ \t]*/y);
        if (found.has(key)) fail(`${key} stands twice`);
        found.set(key, value());
      }
      endOfLine();
    }
  }

  class Worksheet extends HTMLElement {
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      this.number = this.getAttribute('name');
      this.id ||= 'worksheet-' + this.number;
      this.key = 'dsr.worksheet.' + this.number;
      this.form = this.querySelector('form.worksheet');
      this.design = this.form.dataset.design;
      // The mechanisms are data, not form: they show after the commit. Which one is right stands nowhere in the page.
      const data = JSON.parse(this.querySelector('.worksheet-data').textContent);
      const mechanisms = new Map(data.questions.map(q => [q.id, q.mechanisms]));
      this.questions = new Map([...this.querySelectorAll('.question')].map(el => {
        const id = el.dataset.question;
        const mechanism = make('select', { name: `answers.${id}.mechanism` }, make('option', { value: '' }, 'not chosen'), ...mechanisms.get(id).map(m => make('option', { value: m.key }, m.text)));
        const why = make('label', { className: 'mechanism', hidden: true }, 'If the number lies outside: what explains it?', mechanism);
        const note = make('p', { className: 'q-first', hidden: true });
        const wrong = make('p', { className: 'q-wrong', id: `wrong-${this.number}-${id}`, hidden: true });
        const interval = el.querySelector('.interval');
        interval.after(wrong);
        el.id ||= `question-${this.number}-${id}`;
        el.append(note, why);
        const inputs = Object.fromEntries(FIELDS.map(f => [f, this.form.elements[`answers.${id}.${f}`]]));
        return [id, { el, note, wrong, why, inputs, text: el.querySelector('legend').textContent.trim(), scale: el.dataset.scale, unit: el.dataset.unit }];
      }));
      this.message = make('div', { className: 'sheet-message', tabIndex: -1, hidden: true });
      this.kept = make('p', { className: 'sheet-kept', role: 'status' });
      this.commitButton = make('button', { type: 'button', className: 'btn', onclick: () => this.commit() }, 'Commit the whole sheet');
      this.file = make('input', { type: 'file', accept: '.toml,text/plain', hidden: true, onchange: () => this.import() });
      this.append(this.message, make('p', { className: 'sheet-actions' }, this.commitButton,
        make('button', { type: 'button', className: 'btn quiet', onclick: () => this.export() }, 'Save as worksheet.toml'),
        make('button', { type: 'button', className: 'btn quiet', onclick: () => this.file.click() }, 'Open a worksheet.toml'),
        make('button', { type: 'button', className: 'btn quiet', onclick: () => this.print() }, 'Print this form'), this.file), this.kept);

      const stored = this.load();
      this.sheet = stored ?? this.empty();
      this.show();
      this.form.addEventListener('submit', e => e.preventDefault());
      this.form.addEventListener('input', e => this.typed(e.target));
      // Whoever leaves at once after a key loses nothing.
      addEventListener('pagehide', () => this.saving && this.save());
      // Another tab wrote: take what it has, but never let go of a first commit.
      addEventListener('storage', e => {
        if (e.key !== this.key || e.newValue === null) return;
        const other = this.read(e.newValue);
        if (other) this.merge(other);
      });
      if (this.sheet.committed) announce(this.number);
    }

    empty() {
      return {
        schema: SCHEMA, design: this.design, updated: null, committed: null,
        answers: Object.fromEntries([...this.questions.keys()].map(id => [id, { low: '', high: '', reason: '', mechanism: '', first: [] }])),
        verdict: Object.fromEntries(VERDICT.map(k => [k, ''])),
      };
    }

    // A sheet from text of unknown origin: every field checked, strangers left out; null when it is no sheet of ours.
    read(text) {
      let raw;
      try { raw = JSON.parse(text); } catch { return null; }
      if (raw === null || typeof raw !== 'object' || raw.schema !== SCHEMA || raw.design !== this.design) return null;
      const sheet = this.empty();
      const word = x => (typeof x === 'string' ? x : '');
      for (const [id, answer] of Object.entries(sheet.answers)) {
        const given = Object.hasOwn(raw.answers ?? {}, id) ? raw.answers[id] : null;
        if (given === null || typeof given !== 'object') continue;
        for (const f of FIELDS) answer[f] = word(given[f]);
        answer.first = pair(given.first) ? given.first : [];
      }
      for (const k of VERDICT) sheet.verdict[k] = word(raw.verdict?.[k]);
      sheet.updated = date(raw.updated);
      sheet.committed = this.complete(sheet) ? date(raw.committed) ?? sheet.updated ?? new Date().toISOString() : null;
      return sheet;
    }

    complete(sheet) {
      return Object.values(sheet.answers).every(a => a.first.length === 2);
    }

    load() {
      const text = store.get(this.key);
      if (text === null) return null;
      const sheet = this.read(text);
      if (sheet) return sheet;
      // Damaged, or from a newer edition: set it aside untouched and say so.
      store.setAside(this.key);
      this.fault('What this browser had kept of your worksheet could not be read. It was set aside, not deleted; you begin with an empty sheet. A saved worksheet.toml can be opened below.');
      return null;
    }

    save() {
      clearTimeout(this.saving);
      this.saving = null;
      this.sheet.updated = new Date().toISOString();
      const trouble = store.set(this.key, JSON.stringify(this.sheet));
      this.kept.textContent = trouble ? `${trouble}. What you write lasts until you leave this page: save it as worksheet.toml.` : 'Kept in this browser only.';
      this.kept.classList.toggle('trouble', trouble !== null);
    }

    // The page from the sheet. A field in use is left alone when another tab writes.
    show(except = null) {
      for (const [id, q] of this.questions) {
        const answer = this.sheet.answers[id];
        for (const f of FIELDS) {
          const input = q.inputs[f];
          if (!input || input === except || input.value === answer[f]) continue;
          // A mechanism that the list does not have is kept as it was written.
          if (f === 'mechanism' && answer[f] && ![...input.options].some(o => o.value === answer[f])) input.append(make('option', { value: answer[f] }, answer[f]));
          input.value = answer[f];
        }
        const done = answer.first.length === 2;
        q.note.hidden = !done;
        q.note.textContent = done ? `First commit: ${interval(answer.first, q.unit)}. Only this is scored.` : '';
        q.el.classList.toggle('committed', done);
        q.why.hidden = !this.sheet.committed;
      }
      for (const k of VERDICT) {
        const input = this.form.elements['verdict.' + k];
        if (input && input !== except && input.value !== this.sheet.verdict[k]) input.value = this.sheet.verdict[k];
      }
      this.commitButton.hidden = this.sheet.committed !== null;
      this.classList.toggle('is-committed', this.sheet.committed !== null);
      this.form.querySelectorAll('textarea').forEach(grow);
      this.form.querySelectorAll('input, textarea, select').forEach(onPaper);
    }

    typed(input) {
      const [part, id, field] = input.name.split('.');
      if (part === 'verdict') this.sheet.verdict[id] = input.value;
      else this.sheet.answers[id][field] = input.value;
      if (input.matches('textarea')) grow(input);
      onPaper(input);
      const q = this.questions.get(id);
      // A complaint goes as soon as it no longer holds; a new one waits for the next commit.
      if (q && !q.wrong.hidden) this.mark(q, objection(this.sheet.answers[id], q.scale, q.unit));
      clearTimeout(this.saving);
      this.saving = setTimeout(() => this.save(), 150);
    }

    mark(q, what) {
      q.wrong.hidden = what === null;
      q.wrong.textContent = what === null ? '' : what[0].toUpperCase() + what.slice(1);
      for (const f of ['low', 'high']) {
        if (what === null) {
          q.inputs[f].removeAttribute('aria-invalid');
          q.inputs[f].removeAttribute('aria-describedby');
        } else {
          q.inputs[f].setAttribute('aria-invalid', 'true');
          q.inputs[f].setAttribute('aria-describedby', q.wrong.id);
        }
      }
    }

    commit() {
      if (this.sheet.committed) return;
      const wrong = [];
      for (const [id, q] of this.questions) {
        const what = objection(this.sheet.answers[id], q.scale, q.unit);
        this.mark(q, what);
        if (what !== null) wrong.push(make('li', {}, make('a', { href: '#' + q.el.id, onclick: e => { e.preventDefault(); q.inputs.low.focus(); } }, q.text), ' ' + what[0].toUpperCase() + what.slice(1)));
      }
      if (wrong.length) {
        const n = wrong.length;
        this.fault(`Nothing was committed. ${n} of ${this.questions.size} answers ${n === 1 ? 'needs' : 'need'} another look:`, make('ul', {}, ...wrong));
        return;
      }
      // Another tab may have been first: its commit stands.
      const stored = this.read(store.get(this.key) ?? '');
      if (stored?.committed) return this.merge(stored);
      for (const answer of Object.values(this.sheet.answers)) if (!answer.first.length) answer.first = ends(answer);
      this.sheet.committed = new Date().toISOString();
      this.save();
      this.show();
      this.opened();
    }

    opened() {
      const page = name => new URL(name, location.href.split('#')[0]).href;
      this.say(`Committed on ${day(this.sheet.committed)}: your first answers are frozen, and only they are scored. What you change from now on is kept beside them. Next: the lab below, then `,
        make('a', { href: page('discuss.html') }, 'discuss'), ' with others, then the ', make('a', { href: page('debrief.html') }, 'debrief'), ', which has the numbers. Where one lies outside your interval, choose the mechanism that explains it; ',
        make('code', {}, `cargo learn check ${this.number}/predict`), ` judges the saved sheet.${this.unsaid()}`);
      announce(this.number);
    }

    // What is still empty and no fault: a debrief lives on it.
    unsaid() {
      const reasons = Object.values(this.sheet.answers).filter(a => !a.reason.trim()).length;
      const lines = VERDICT.filter(k => !this.sheet.verdict[k].trim()).length;
      const count = (n, one, many) => (n ? [`${n} ${n === 1 ? one : many}`] : []);
      const what = [...count(reasons, 'reason', 'reasons'), ...count(lines, 'line of the verdict', 'lines of the verdict')];
      return what.length ? ` Still unsaid: ${what.join(' and ')}. The debrief lives on them.` : '';
    }

    merge(other) {
      const mine = this.sheet;
      const active = this.contains(document.activeElement) ? document.activeElement : null;
      const [part, id, key] = (active?.name ?? '').split('.');
      if (part === 'verdict') other.verdict[id] = mine.verdict[id];
      else if (part === 'answers') other.answers[id][key] = mine.answers[id][key];
      // Of two first commits the earlier one stands.
      const keep = mine.committed && (!other.committed || mine.committed <= other.committed);
      for (const [name, answer] of Object.entries(other.answers)) {
        const own = mine.answers[name].first;
        if (own.length && (keep || !answer.first.length)) answer.first = own;
      }
      if (keep) other.committed = mine.committed;
      const news = !mine.committed && other.committed;
      this.sheet = other;
      if (keep && JSON.stringify(mine.answers) !== JSON.stringify(other.answers)) this.save();
      this.show(active);
      if (news) this.opened();
    }

    // This sheet and nothing else of the page.
    print() {
      document.documentElement.classList.add('print-sheet');
      addEventListener('afterprint', () => document.documentElement.classList.remove('print-sheet'), { once: true });
      window.print();
    }

    export() {
      const text = toToml(this.design, [...this.questions.keys()], this.sheet);
      const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      const link = make('a', { href: url, download: 'worksheet.toml' });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      this.say('Saved as worksheet.toml. Put it into ', make('code', {}, `exercises/${this.design}/`), ' to have it judged.');
    }

    async import() {
      const file = this.file.files[0];
      this.file.value = '';
      if (!file) return;
      try {
        if (file.size > LARGEST_FILE) throw new Error('it is larger than any worksheet');
        const text = await file.text();
        if (/^\s*\{\s*"book"/.test(text)) throw new Error('it is a copy of everything, and not one worksheet; the page “How to use this workbook” opens it with “Open a saved copy”');
        const { sheet, notes } = this.take(fromToml(text));
        const news = !this.sheet.committed && sheet.committed;
        this.sheet = sheet;
        this.save();
        this.questions.forEach(q => this.mark(q, null));
        this.show();
        if (news) announce(this.number);
        this.say(['Opened ' + file.name + '.', ...notes].join(' '));
      } catch (error) {
        this.fault(`${file.name} was not opened: ${error.message}. Nothing was changed.`);
      }
    }

    // A sheet from the pairs of a file. Throws when the file is not one for this design; then nothing is taken.
    take(pairs) {
      const design = pairs.get('design');
      if (design !== this.design) throw new Error(design === undefined ? 'it does not say which design it is for' : `it is for ${design}, this page is for ${this.design}`);
      if (pairs.get('schema') !== SCHEMA) throw new Error(`its schema is ${pairs.get('schema') ?? 'missing'}, this page reads schema ${SCHEMA}`);
      const sheet = this.empty();
      const notes = [];
      const word = key => {
        const v = pairs.get(key) ?? '';
        if (typeof v !== 'string') throw new Error(`${key} is not a text`);
        return v;
      };
      const interval = key => {
        const v = pairs.get(key) ?? [];
        if (!Array.isArray(v) || (v.length !== 0 && v.length !== 2)) throw new Error(`${key} is neither [] nor [low, high]`);
        return v;
      };
      let kept = false;
      for (const [id, answer] of Object.entries(sheet.answers)) {
        [answer.low, answer.high] = [...interval(`answers.${id}.answer`).map(String), '', ''];
        answer.reason = word(`answers.${id}.reason`);
        answer.mechanism = word(`answers.${id}.mechanism`);
        const first = interval(`answers.${id}.first`);
        if (first.length && !pair(first)) throw new Error(`answers.${id}.first is not an interval above zero`);
        const own = this.sheet.answers[id].first;
        kept ||= own.length > 0 && first.join() !== own.join();
        answer.first = own.length ? own : first;
      }
      for (const k of VERDICT) sheet.verdict[k] = word('verdict.' + k);
      if (this.complete(sheet)) sheet.committed = this.sheet.committed ?? new Date().toISOString();
      if (kept) notes.push('Your first commit in this page stays as it was.');
      const strange = new Set([...pairs.keys()].filter(k => k.startsWith('answers.')).map(k => k.split('.')[1]).filter(id => !this.questions.has(id)));
      if (strange.size) notes.push(`Left out, because this sheet does not ask them: ${[...strange].join(', ')}.`);
      return { sheet, notes };
    }

    say(...what) {
      this.message.removeAttribute('role');
      this.tell(what);
    }

    // What went wrong: read out at once, and in view wherever the page stood.
    fault(...what) {
      this.message.setAttribute('role', 'alert');
      this.tell(what);
    }

    tell(what) {
      this.message.hidden = false;
      this.message.replaceChildren(make('div', {}, ...what));
      this.message.focus({ preventScroll: true });
      const show = () => this.message.scrollIntoView({ block: 'center' });
      show();
      requestAnimationFrame(show); // what the message is about may have changed the page's height
    }
  }

  const pair = x => Array.isArray(x) && x.length === 2 && x.every(n => typeof n === 'number' && Number.isFinite(n) && n > 0) && x[0] <= x[1];
  const date = x => (typeof x === 'string' && !Number.isNaN(Date.parse(x)) ? x : null);
  const grow = area => {
    area.style.height = 'auto';
    if (area.scrollHeight > area.clientHeight) area.style.height = area.scrollHeight + 2 + 'px';
  };

  // A field on paper shows what fits into it. Its text stands at its label too, where it prints whole over any number of pages.
  const onPaper = field => {
    const text = field.matches('select') ? (field.value && field.selectedOptions[0].textContent) : field.value.trim();
    field.closest('label').dataset.text = text;
  };

  // Which sheets are committed, as storage has it (the debrief is a page of its own), and which of them this page knows about.
  const committed = new Set();
  function isCommitted(number) {
    try {
      const raw = JSON.parse(store.get('dsr.worksheet.' + number));
      return raw !== null && raw.schema === SCHEMA && date(raw.committed) !== null;
    } catch {
      return false;
    }
  }
  /** The first answers of a committed sheet, {committed, answers: {ID: [low, high]}}; null without a commit. */
  function frozen(number) {
    if (!isCommitted(number)) return null;
    const { committed, answers } = JSON.parse(store.get('dsr.worksheet.' + number));
    const firsts = Object.entries(answers !== null && typeof answers === 'object' ? answers : {}).filter(([, answer]) => pair(answer?.first));
    return { committed, answers: Object.fromEntries(firsts.map(([id, { first }]) => [id, first])) };
  }
  function announce(number) {
    committed.add(number);
    document.querySelectorAll('details.gate[data-design]').forEach(gate => {
      if (gate.dataset.design !== number) return;
      gate.open = true;
      gate.querySelector('summary').textContent = 'Open since your commit';
    });
    document.querySelectorAll('.gate-note[data-design]').forEach(note => { if (note.dataset.design === number) note.hidden = true; });
    document.dispatchEvent(new CustomEvent('dsr:commit', { detail: { design: number } }));
  }

  window.dsr = Object.assign(window.dsr ?? {}, { store, isCommitted, frozen, interval, day });
  customElements.define('design-worksheet', Worksheet);

  // Gates: open after the commit, or once the reader chose to look anyway.
  for (const gate of document.querySelectorAll('details.gate[data-design]')) {
    const key = 'dsr.show.debrief.' + gate.dataset.design;
    if (isCommitted(gate.dataset.design)) announce(gate.dataset.design);
    else if (store.get(key) === '1') gate.open = true;
    gate.addEventListener('toggle', () => {
      if (gate.open && !isCommitted(gate.dataset.design)) store.set(key, '1');
    });
  }
  addEventListener('storage', e => {
    const number = /^dsr\.worksheet\.(\w+)$/.exec(e.key ?? '')?.[1];
    if (number && !committed.has(number) && isCommitted(number)) announce(number);
  });
})();
