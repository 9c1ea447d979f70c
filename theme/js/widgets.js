// Labs and calculators: upgrades the plain HTML of docs/page-markup.md. What they show comes from the simulations of engine.js.
(() => {
  const LARGEST_SEED = Number.MAX_SAFE_INTEGER;
  const FIRST_SEED = 7;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const dsr = window.dsr;
  const shown = key => dsr.store?.get(key) === '1';

  const make = (tag, props = {}, ...children) => {
    const el = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key in el) el[key] = value; else el.setAttribute(key, value);
    }
    el.append(...children);
    return el;
  };
  const button = (text, onclick, className = 'btn quiet') => make('button', { type: 'button', className, onclick }, text);
  const print = n => n.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  const withUnit = (n, unit) => print(n) + (unit ? '\u202f' + unit : '');
  const number = text => {
    const bare = text.trim().replace(/[\s\u00a0\u202f]/g, '');
    const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
    return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : NaN;
  };
  async function copy(text, from) {
    const before = from.textContent;
    try {
      await navigator.clipboard.writeText(text);
      from.textContent = 'Copied';
    } catch {
      return false;
    } finally {
      setTimeout(() => { from.textContent = before; }, 2000);
    }
    return true;
  }

  // Calls back once, when the element comes within a screen of the reader.
  const near = (el, then) => {
    const watch = new IntersectionObserver(seen => {
      if (!seen.some(entry => entry.isIntersecting)) return;
      watch.disconnect();
      then();
    }, { rootMargin: '100%' });
    watch.observe(el);
  };

  // One knob: range, typed number and tick labels, or a check box; upgraded in place. `turned` hears every new value.
  class Knob {
    constructor(el, turned) {
      const d = el.dataset;
      Object.assign(this, { el, name: d.knob, unit: d.unit, min: Number(d.min), max: Number(d.max), step: Number(d.step), default: Number(d.default), turned });
      const label = el.querySelector('label');
      const field = el.querySelector('.field');
      const help = el.querySelector('.knob-help');
      this.label = label.textContent.trim();
      this.words = d.words.split('|').filter(Boolean).map(w => [Number(w.slice(0, w.indexOf('='))), w.slice(w.indexOf('=') + 1)]);
      this.digits = (d.step.split('.')[1] ?? '').length;
      // The range that the plain form spells out is drawn from here on.
      help.textContent = help.textContent.replace(/\s*From (?:(?!From )[^;])*; [^;]* to begin with\.$/, '');
      this.typed = el.querySelector('input');
      if (this.min === 0 && this.max === 1 && this.step === 1) {
        this.box = make('input', { type: 'checkbox', id: this.typed.id, onchange: () => this.turn(this.box.checked ? 1 : 0) });
        this.box.setAttribute('aria-describedby', help.id);
        field.remove();
        label.prepend(this.box);
        el.classList.add('switch');
      } else {
        const unit = el.querySelector('.unit');
        const longest = Math.max(...this.words.map(([, w]) => w.length), print(this.max).length, print(this.min + this.step).length);
        this.typed.style.width = `calc(${Math.max(longest, 4)}ch + 1.6rem)`;
        Object.assign(this.typed, { disabled: false, autocomplete: 'off', onchange: () => this.read(), onkeydown: e => this.key(e) });
        this.range = make('input', { type: 'range', min: this.min, max: this.max, step: this.step, oninput: () => this.turn(Number(this.range.value)) });
        this.range.setAttribute('aria-label', this.label);
        this.range.setAttribute('aria-describedby', help.id);
        this.wrong = make('p', { className: 'knob-wrong', id: this.typed.id + '-wrong', hidden: true });
        this.typed.setAttribute('aria-describedby', `${this.wrong.id} ${help.id}`);
        field.after(this.range, this.ticks(), this.wrong);
        // Words such as "off" carry no unit.
        this.show = () => unit?.toggleAttribute('hidden', this.word() !== undefined);
      }
      this.set(this.default);
    }

    word() {
      return this.words.find(([v]) => v === this.value)?.[1];
    }

    text() {
      return this.word() ?? withUnit(this.value, this.unit);
    }

    snap(value) {
      const steps = Math.round((Math.min(this.max, Math.max(this.min, value)) - this.min) / this.step);
      return Math.min(this.max, Number((this.min + steps * this.step).toFixed(this.digits)));
    }

    set(value) {
      this.value = this.snap(value);
      if (this.box) {
        this.box.checked = this.value === 1;
        return;
      }
      this.range.value = this.value;
      this.range.setAttribute('aria-valuetext', this.text());
      this.typed.value = this.word() ?? print(this.value);
      this.typed.removeAttribute('aria-invalid');
      this.wrong.hidden = true;
      this.show();
    }

    turn(value) {
      const before = this.value;
      this.set(value);
      if (this.value !== before) this.turned(this);
    }

    read() {
      const text = this.typed.value.trim();
      const word = this.words.find(([, w]) => w.toLowerCase() === text.toLowerCase());
      const value = word ? word[0] : number(text.replace(new RegExp(`\\s*${this.unit.replace(/[^\w]/g, '\\$&')}$`), ''));
      if (value >= this.min && value <= this.max) return this.turn(value);
      this.typed.setAttribute('aria-invalid', 'true');
      const words = this.words.map(([, w]) => `“${w}”`).join(' or ');
      this.wrong.textContent = `${words ? words + ', or a' : 'A'} number from ${print(this.min)} to ${withUnit(this.max, this.unit)}.`;
      this.wrong.hidden = false;
    }

    // Up and down step as in a spin box; Enter is "change".
    key(e) {
      const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
      if (!by) return;
      e.preventDefault();
      this.turn(this.value + by * this.step);
    }

    // End points, the default, and a round number half way, where they do not crowd.
    ticks() {
      const at = v => (v - this.min) / (this.max - this.min);
      const chosen = [];
      const half = Number(((this.min + this.max) / 2).toPrecision(1));
      for (const v of [this.min, this.max, this.default, this.snap(half)]) {
        if (chosen.every(c => Math.abs(at(c) - at(v)) > 0.24)) chosen.push(v);
      }
      const words = new Map(this.words);
      const ticks = chosen.map(v => {
        const tick = make('span', { className: at(v) === 0 ? 'first' : at(v) === 1 ? 'last' : '' }, words.get(v) ?? print(v));
        tick.style.setProperty('--at', at(v));
        return tick;
      });
      return make('div', { className: 'ticks', ariaHidden: 'true' }, ...ticks);
    }
  }

  class Lab extends HTMLElement {
    connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      this.number = this.getAttribute('name');
      this.engine = dsr.engine(this.number);
      this.token = 0;
      this.box = this.querySelector('.lab');
      this.querySelector('.lab-note')?.remove();
      this.querySelector('.lab-form').addEventListener('submit', e => e.preventDefault());
      this.show = 'dsr.show.lab.' + this.number;
      // Whether the sheet is committed is known once worksheet.js has run, whichever script comes first.
      if (dsr.isCommitted) this.lock();
      else customElements.whenDefined('design-worksheet').then(() => this.lock());
    }

    lock() {
      if (dsr.isCommitted?.(this.number) || shown(this.show)) return this.unlock();
      const sheet = document.querySelector(`design-worksheet[name="${this.number}"]`);
      this.locked = make('div', { className: 'lab-locked' },
        make('p', {}, make('b', {}, 'Commit first. '), 'The lab opens when your ',
          sheet ? make('a', { href: '#' + sheet.id }, 'worksheet') : 'worksheet', ' is committed: a judgement you have not made cannot be tested.'),
        make('p', {}, button('Show the lab anyway', () => {
          dsr.store?.set(this.show, '1');
          this.unlock(true);
        })));
      this.box.append(this.locked);
      // Whoever follows an address to a run sees why it does not show yet.
      if (/^#(.*&)?lab=/.test(location.hash)) requestAnimationFrame(() => this.scrollIntoView());
      document.addEventListener('dsr:commit', e => {
        if (e.detail.design === this.number) this.unlock();
      });
    }

    unlock(focus = false) {
      if (this.knobs) return;
      this.locked?.remove();
      const groups = Object.fromEntries([...this.querySelectorAll('.knobs')].map(g => [g.dataset.kind, g]));
      this.knobs = [...this.querySelectorAll('.knob')].map(el => new Knob(el, () => this.changed()));
      this.classList.add('is-open');

      const seedId = `seed-${this.number}`;
      this.seed = make('input', { type: 'text', inputMode: 'numeric', id: seedId, value: FIRST_SEED, autocomplete: 'off', onchange: () => this.seeded() });
      this.seedWrong = make('p', { className: 'knob-wrong', id: seedId + '-wrong', hidden: true });
      this.seed.setAttribute('aria-describedby', this.seedWrong.id);
      this.querySelector('.lab-setup').before(make('p', { className: 'lab-seed' }, make('label', { htmlFor: seedId }, 'Seed'), ' ', this.seed, ' ',
        button('Another seed', () => {
          this.seed.value = 1 + crypto.getRandomValues(new Uint32Array(1))[0] % 999999;
          this.seeded();
        }, 'link')), this.seedWrong);

      this.note = make('p', { className: 'lab-note', role: 'status', hidden: true });
      this.progress = make('progress', { max: 1, value: 0 });
      this.progress.setAttribute('aria-label', 'Share of the run that is done');
      this.state = make('span', { className: 'lab-state' }, 'Loading …');
      this.stop = button('Stop', () => this.halt());
      this.view = make('div', { className: 'lab-view' });
      this.words = make('p', { className: 'lab-summary' });
      this.facts = make('div', { className: 'lab-facts' });
      this.live = make('p', { className: 'sr', role: 'status' });
      this.data = make('div', { className: 'lab-scroll' });
      this.command = make('code');
      const said = make('span', { className: 'sr', role: 'status' });
      const copied = (text, from, what) => copy(text(), from).then(ok => {
        said.textContent = ok ? what + ' copied' : '';
        if (!ok) this.tell(`This browser did not allow copying. ${what}: ${text()}`);
      });
      const share = button('Copy the address of this run', () => copied(() => this.address(), share, 'Address'), 'link');
      const command = button('Copy', () => copied(() => this.command.textContent, command, 'Command'));
      const details = (name, ...content) => make('details', {}, make('summary', {}, name), ...content);
      this.map = dsr.twoKnobs(this, { make, button, print });
      this.board = make('div', { className: 'lab-board' },
        // On a phone the knobs stand two abreast, without room for a sentence each.
        make('details', { className: 'lab-helps' }, make('summary', {}, 'What the knobs do'),
          make('dl', {}, ...[...groups.setting.querySelectorAll('.knob')].flatMap(el => [make('dt', {}, el.querySelector('label').textContent), make('dd', {}, el.querySelector('.knob-help').textContent)]))),
        this.note,
        make('div', { className: 'lab-run' }, this.progress, this.state, this.stop),
        this.view, this.words, this.facts,
        details('Data as a table', this.data),
        this.map.el,
        ...(groups.assumption ? [details('What is assumed', make('p', { className: 'lab-doubt' }, 'The model takes these for granted. Doubt them: turn one and see whether your judgement stands.'),
          make('form', { onsubmit: e => e.preventDefault() }, groups.assumption))] : []),
        details('Run this in a terminal', make('p', {}, 'The same run, with the same numbers:'), make('div', { className: 'lab-command' }, make('pre', { tabIndex: 0 }, this.command), command)),
        make('p', { className: 'lab-foot' }, share, ' · ', button('Back to the defaults', () => this.reset(), 'link'), said), this.live);
      this.box.append(this.board);

      this.engine.listeners.set(this.number, message => (message.kind === 'cell' ? this.map.cell(message) : this.heard(message)));
      this.arrive();
      addEventListener('hashchange', () => this.arrive() && this.run());
      new ResizeObserver(seen => this.resized(seen.at(-1).contentRect.width)).observe(this.view);
      near(this, () => this.run());
      if (focus) this.querySelector('.knob input').focus();
    }

    // The address: #lab=02&seed=7&hedge_after=18. Returns whether it speaks of this lab.
    arrive() {
      const hash = location.hash.slice(1);
      if (!/(^|&)(lab|seed)=/.test(hash)) return false;
      const asked = new URLSearchParams(hash);
      const lab = asked.get('lab') ?? this.number;
      if (lab !== this.number) {
        const known = [...document.querySelectorAll('design-lab')].map(l => l.getAttribute('name'));
        if (!known.includes(lab) && known[0] === this.number) this.tell(`The address asks for lab “${lab.slice(0, 40)}”, which is not on this page. This lab stands at its defaults.`);
        return false;
      }
      const wrong = [];
      const values = new Map();
      let seed = FIRST_SEED;
      for (const [name, text] of asked) {
        if (name === 'lab') continue;
        const shown = `${name}=${text}`.slice(0, 60);
        if (name === 'seed') {
          if (/^\d{1,16}$/.test(text) && Number(text) <= LARGEST_SEED) seed = Number(text);
          else wrong.push(`“${shown}”: a seed is a whole number`);
          continue;
        }
        const knob = this.knobs.find(k => k.name === name);
        const value = knob && (knob.words.find(([, w]) => w === text)?.[0] ?? number(text));
        if (!knob) wrong.push(`“${shown}”: this lab has no such knob`);
        else if (!(value >= knob.min && value <= knob.max)) wrong.push(`“${shown}”: from ${print(knob.min)} to ${withUnit(knob.max, knob.unit)}`);
        else values.set(knob, value);
      }
      this.seed.value = seed;
      this.knobs.forEach(k => k.set(values.get(k) ?? k.default));
      this.knobs.filter(k => values.has(k) && k.value !== k.default).forEach(k => k.el.closest('details')?.setAttribute('open', ''));
      this.tell(wrong.length ? `Part of the address could not be read, so the default stands there. ${wrong.slice(0, 4).join('; ')}.` : '');
      // The board is not laid out yet when the page has just arrived.
      requestAnimationFrame(() => this.scrollIntoView({ block: 'start' }));
      return true;
    }

    pairs() {
      return this.knobs.map(k => `${k.name}=${k.value}`);
    }

    address() {
      return location.href.split('#')[0] + '#' + [`lab=${this.number}`, `seed=${this.seed.value}`, ...this.pairs()].join('&');
    }

    tell(text) {
      this.note.textContent = text;
      this.note.hidden = text === '';
    }

    seeded() {
      const text = this.seed.value.trim();
      const good = /^\d{1,16}$/.test(text) && Number(text) <= LARGEST_SEED;
      this.seedWrong.hidden = good;
      this.seedWrong.textContent = good ? '' : 'A seed is a whole number, for example 7.';
      this.seed.toggleAttribute('aria-invalid', !good);
      if (!good) return this.seed.setAttribute('aria-invalid', 'true');
      this.seed.value = String(Number(text));
      this.changed();
    }

    reset() {
      this.knobs.forEach(k => k.set(k.default));
      this.seed.value = FIRST_SEED;
      this.seeded();
    }

    changed() {
      this.tell('');
      this.run();
      // Browsers limit how often the address may change: wait for the hand to rest.
      clearTimeout(this.naming);
      this.naming = setTimeout(() => {
        try { history.replaceState(history.state, '', this.address()); } catch { /* the address stays as it was; the share button has the right one */ }
      }, 300);
    }

    // As it was laid out last. Asking the page for it would lay out anew all that a turned knob has changed.
    width() {
      return Math.round(this.laidOut ?? this.view.clientWidth);
    }

    resized(laidOut) {
      this.laidOut = laidOut;
      const width = this.width();
      if (width < 1 || !this.drawn || Math.abs(width - this.drawn) < 4) return;
      this.drawn = width;
      this.engine.tell({ kind: 'width', lab: this.number, width });
    }

    async run() {
      const token = ++this.token;
      this.turnedAt = performance.now();
      this.map.turned();
      this.command.textContent = ['cargo learn lab', this.number, ...this.pairs(), '--seed', this.seed.value].join(' ');
      this.dataset.state = 'running';
      try {
        if (!this.engine.worker) await this.engine.load();
      } catch (error) {
        this.heard({ kind: 'error', error: error.message, token });
        return;
      }
      if (token !== this.token) return;
      this.drawn = Math.max(this.width(), 240);
      this.engine.tell({ kind: 'run', lab: this.number, number: this.number, token, knobs: Object.fromEntries(this.knobs.map(k => [k.name, k.value])), seed: Number(this.seed.value), width: this.drawn, calm: calm.matches });
    }

    halt() {
      if (this.dataset.state === 'running') this.engine.tell({ kind: 'stop', lab: this.number });
      else if (this.dataset.state === 'stopped') {
        this.engine.tell({ kind: 'resume', lab: this.number });
        this.phase('running');
      } else if (this.dataset.state === 'error') this.run();
    }

    phase(state, done = this.progress.value) {
      this.dataset.state = state;
      this.progress.value = done;
      this.progress.hidden = state === 'error';
      const percent = Math.floor(done * 100) + '\u202f% of the run';
      this.state.textContent = { running: `Refining: ${percent}`, stopped: `Stopped at ${percent}`, complete: 'Complete', error: 'The lab does not run' }[state];
      this.stop.textContent = { running: 'Stop', complete: 'Stop', stopped: 'Go on', error: 'Try again' }[state];
      this.stop.setAttribute('aria-disabled', state === 'complete');
    }

    heard(message) {
      // A superseded run has nothing more to say.
      if (message.token !== null && message.token !== this.token) return;
      if (message.kind === 'error') {
        this.phase('error', 0);
        if (message.token === null) this.map.end();
        this.tell(`${message.error[0].toUpperCase()}${message.error.slice(1)}. The same lab runs in a terminal: ${this.command.textContent}`);
        return;
      }
      const { picture, more, stopped, redrawn } = message;
      this.draw(picture);
      if (redrawn) return;
      this.phase(stopped ? 'stopped' : more ? 'running' : 'complete', picture.done);
      this.dispatchEvent(new CustomEvent('dsr:picture', { detail: { ms: performance.now() - this.turnedAt, done: picture.done, token: message.token } }));
      // Said aloud once, when the numbers have come to rest.
      clearTimeout(this.saying);
      if (!more || stopped) this.saying = setTimeout(() => { this.live.textContent = (stopped ? `Stopped at ${Math.floor(picture.done * 100)} % of the run. ` : '') + picture.summary; }, 700);
    }

    // The results of both policies side by side: a row for what is measured, a group for its axis. Most pictures change numbers only.
    compare({ facts, table: { head: [, ...sides] } }) {
      const rows = dsr.results.rowsOf(facts);
      const now = JSON.stringify([sides, rows.map(r => [r.axis, r.what])]);
      if (now !== this.compared) {
        this.compared = now;
        const axes = { Cost: 'cost', Performance: 'perf', 'Behaviour under failure': 'fail' };
        const group = ([axis, rows]) => make('tbody', {},
          ...(axis ? [make('tr', { className: 'group' }, make('th', { scope: 'rowgroup', colSpan: 1 + sides.length }, make('span', { className: `axis ${axes[axis]}` }, axis)))] : []),
          ...rows.map(row => make('tr', {}, make('th', { scope: 'row' }, row.what), ...sides.map(() => make('td')))));
        this.facts.replaceChildren(make('table', {}, make('caption', {}, 'The results, side by side'),
          make('thead', {}, make('tr', {}, make('td'), ...sides.map(side => make('th', { scope: 'col' }, side)))), ...dsr.results.groups(rows).map(group)));
        this.cells = [...this.facts.querySelectorAll('tbody tr:not(.group)')].map(tr => [...tr.querySelectorAll('td')]);
      }
      rows.forEach((row, i) => this.cells[i].forEach((cell, side) => {
        const fact = row.sides[side];
        cell.textContent = fact ? value(fact) : '–';
        cell.dataset.key = fact?.key ?? '';
      }));
    }

    draw(picture) {
      this.picture = picture;
      this.map.offer(picture.facts);
      const figures = picture.figures.map(({ key, caption, svg }) => {
        // The drawing comes from our own worker and from nowhere else, and a template runs no script.
        const drawing = make('template', { innerHTML: svg }).content;
        drawing.querySelectorAll('script, foreignObject').forEach(el => el.remove());
        return make('figure', { className: 'lab-figure', id: `figure-${this.number}-${key}` }, drawing, make('figcaption', {}, caption));
      });
      this.view.replaceChildren(...figures);
      this.words.textContent = picture.summary;
      this.compare(picture);
      const { caption, head, rows } = picture.table;
      const cell = (tag, text, scope) => make(tag, scope ? { scope } : {}, text);
      this.data.replaceChildren(make('table', {}, make('caption', {}, caption),
        make('thead', {}, make('tr', {}, ...head.map(h => (h ? cell('th', h, 'col') : make('td'))))),
        make('tbody', {}, ...rows.map(([first, ...rest]) => make('tr', {}, cell('th', first, 'row'), ...rest.map(t => cell('td', t)))))));
      // Whether it is wider than the page is measured only while it is seen.
      if (this.data.parentElement.open) document.dispatchEvent(new Event('dsr:table'));
    }
  }

  // A number of a lab, as it is printed.
  const printed = new Map();
  const value = f => {
    if (!printed.has(f.digits)) printed.set(f.digits, new Intl.NumberFormat('en-GB', { minimumFractionDigits: f.digits, maximumFractionDigits: f.digits }));
    const number = printed.get(f.digits).format(f.value) + (f.unit ? '\u202f' + f.unit.replaceAll(' ', '\u00a0') : '');
    return f.place?.note ? `${f.place.note} ${number}` : number;
  };

  class Calculator extends HTMLElement {
    connectedCallback() {
      if (this.begun) return;
      this.begun = true;
      this.model = this.getAttribute('name');
      this.engine = dsr.engine('calculators');
      this.inputs = [...this.querySelectorAll('.input')].map(el => {
        const input = el.querySelector('input');
        const d = input.dataset;
        // The label without its symbol, which is a formula.
        const label = [...el.querySelector('label').childNodes].filter(n => !n.classList?.contains('symbol')).map(n => n.textContent).join('').trim();
        return { input, label, name: el.dataset.input, min: Number(d.min), max: Number(d.max), whole: d.whole === 'true', unit: el.querySelector('.unit')?.textContent ?? '' };
      });
      this.outputs = new Map([...this.querySelectorAll('[data-output]')].map(el => [el.dataset.output, el]));
      this.wrong = make('p', { className: 'calc-wrong', role: 'status', id: `calc-${this.model.replaceAll('.', '-')}-wrong`, hidden: true });
      this.querySelector('.outputs').before(this.wrong);
      this.querySelector('form').addEventListener('submit', e => e.preventDefault());
      this.inputs.forEach(({ input }) => input.setAttribute('aria-describedby', this.wrong.id));
      this.addEventListener('input', () => this.calculate());
      near(this, () => this.calculate());
    }

    async calculate() {
      const turn = this.turn = (this.turn ?? 0) + 1;
      const values = {};
      for (const { input, label, name, min, max, whole, unit } of this.inputs) {
        const value = number(input.value);
        if (!(value >= min && value <= max)) return this.fail(`${label}: a number from ${print(min)} to ${withUnit(max, unit)}.`, input);
        if (whole && !Number.isInteger(value)) return this.fail(`${label}: a whole number.`, input);
        values[name] = value;
      }
      let answer;
      try {
        if (!this.engine.worker) await this.engine.load();
        answer = await this.engine.ask({ op: 'calculate', model: this.model, inputs: values });
      } catch (error) {
        answer = { error: 'the calculator does not run: ' + error.message };
      }
      if (turn !== this.turn) return; // typed on meanwhile
      if (answer.error) return this.fail(answer.error[0].toUpperCase() + answer.error.slice(1) + '.');
      this.fail('');
      for (const { name, text } of answer.outputs) {
        const el = this.outputs.get(name);
        if (!el) continue;
        el.querySelector('output').textContent = text;
        el.querySelector('.unit')?.setAttribute('hidden', '');
      }
    }

    fail(text, input = null) {
      this.wrong.textContent = text;
      this.wrong.hidden = text === '';
      this.inputs.forEach(i => (i.input === input ? i.input.setAttribute('aria-invalid', 'true') : i.input.removeAttribute('aria-invalid')));
      if (text) this.outputs.forEach(el => { el.querySelector('output').textContent = '–'; });
    }
  }

  customElements.define('design-lab', Lab);
  customElements.define('block-calculator', Calculator);
})();
