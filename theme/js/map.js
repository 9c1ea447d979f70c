// "Two knobs at once": a grid of the lab's own runs over the ranges of two knobs, one result of each as a heat map. It belongs to
// an opened lab (widgets.js) and asks the lab's engine for everything that it shows.
(() => {
  const { dsr } = window;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  // One cell's run: long enough for most settings to come to their end, short enough that a map is done within a minute.
  const MOST_EVENTS = 4_000_000;
  // A cell that did not get half-way may not have met what the lab is about.
  const ENOUGH = 0.5;
  const REDRAW_MS = 400;
  const AXES = ['Cost', 'Performance', 'Behaviour under failure'];

  // The lab's results, a row for what both policies are measured by, in groups; and what a cell can show of a row: either side's
  // value, or the one as a multiple of the other.
  function rowsOf(facts) {
    const rows = new Map();
    for (const f of facts) {
      const { axis, what, short, side } = f.place ?? { axis: '', what: f.label, short: f.label, side: 0 };
      if (!rows.has(what)) rows.set(what, { axis, what, short, sides: [] });
      rows.get(what).sides[side] = f;
    }
    const rank = row => (AXES.indexOf(row.axis) + AXES.length) % AXES.length;
    return [...rows.values()].sort((a, b) => rank(a) - rank(b));
  }
  const groups = rows => [...new Set(rows.map(r => r.axis))].map(axis => [axis, rows.filter(r => r.axis === axis)]);

  class TwoKnobs {
    constructor(lab, { make, button, print }) {
      Object.assign(this, { lab, make, print, token: 0, cells: [], rows: [], open: false });
      const id = name => `map-${lab.number}-${name}`;
      const choice = (name, label) => {
        const select = make('select', { id: id(name), onchange: () => this.chosen(name) });
        return [select, make('p', {}, make('label', { htmlFor: select.id }, label), select)];
      };
      const [across, acrossLine] = choice('across', 'To the right');
      const [down, downLine] = choice('down', 'Downwards');
      const [shown, shownLine] = choice('shown', 'In the cells');
      const [of, ofLine] = choice('of', 'Of');
      Object.assign(this, { across, down, shown, of });
      for (const select of [across, down]) select.append(...lab.knobs.map(k => make('option', { value: k.name }, k.label)));
      // What the lab opens its map with: two knobs, and a result that depends on both.
      [across.value, down.value, this.first] = lab.box.dataset.map.split(' ');
      this.go = button('Draw the map', () => (this.filling ? this.stop() : this.start()));
      this.state = make('span', { className: 'map-state' });
      this.live = make('span', { className: 'sr', role: 'status' });
      this.view = make('div', { className: 'map-view', onclick: e => this.clicked(e) });
      this.caption = make('figcaption');
      this.words = make('p', { className: 'lab-summary' });
      this.table = make('div', { className: 'lab-scroll' });
      this.box = make('div', { hidden: true }, this.words, make('figure', { className: 'lab-figure' }, this.view, this.caption),
        make('details', {}, make('summary', {}, 'Cells as a table; choosing one sets the knobs'), this.table));
      this.el = make('details', { className: 'lab-map', ontoggle: () => this.toggled() }, make('summary', {}, 'Two knobs at once'),
        make('p', { className: 'lab-doubt' }, 'A run for each cell of a grid, with the lab’s seed; all other knobs stay as they stand.'),
        make('div', { className: 'map-choose' }, acrossLine, downLine, shownLine, ofLine),
        make('div', { className: 'map-run' }, this.go, this.state, this.live), this.box);
      new ResizeObserver(() => this.width() !== this.drawnWidth && this.draw()).observe(this.view);
    }

    toggled() {
      this.open = this.el.open;
      if (this.open) this.offer(this.lab.picture?.facts ?? []);
    }

    // The lab's results, as they are named now.
    offer(facts) {
      if (!this.open || !facts.length) return;
      this.rows = rowsOf(facts);
      this.sides = this.lab.picture.table.head.slice(1);
      const names = [...this.rows.map(r => r.what), ...this.sides].join();
      if (names === this.offered) return;
      this.offered = names;
      const before = this.shown.value;
      const options = rows => rows.map(r => this.make('option', { value: r.what }, r.short));
      this.shown.replaceChildren(...groups(this.rows).flatMap(([axis, rows]) => (axis ? [this.make('optgroup', { label: axis }, ...options(rows))] : options(rows))));
      if (this.first) {
        const row = this.rows.find(r => r.sides.some(f => f?.key === this.first));
        if (row) this.shown.value = row.what;
        this.offerSides(row?.sides.findIndex(f => f?.key === this.first));
        this.first = undefined;
      } else {
        if (this.rows.some(r => r.what === before)) this.shown.value = before;
        this.offerSides(this.of.value);
      }
    }

    // Whose result: one side's, the other's, or the one as a multiple of the other.
    offerSides(chosen) {
      const row = this.rows.find(r => r.what === this.shown.value) ?? this.rows[0];
      const both = row.sides[0] && row.sides[1];
      const name = i => (this.sides[0] === this.sides[1] ? `${this.sides[i]} (${i + 1})` : this.sides[i] ?? 'the lab');
      const offered = [...[0, 1].filter(i => row.sides[i]).map(i => [i, name(i)]), ...(both ? [['ratio', 'the one as a multiple of the other']] : [])];
      this.of.replaceChildren(...offered.map(([value, text]) => this.make('option', { value }, text)));
      this.of.value = offered.some(([value]) => String(value) === String(chosen)) ? chosen : offered[0][0];
    }

    // What the cells show: its key, its name, and its value in a cell.
    result() {
      const row = this.rows.find(r => r.what === this.shown.value);
      if (!row) return null;
      const run = this.cells.filter(c => c?.sides?.length);
      // Where a knob of the map chooses the policy itself, a side has no one name.
      const side = i => (run.every(c => c.sides[i] === run[0].sides[i]) ? run[0]?.sides[i] ?? this.sides[i] : `the ${['first', 'second'][i]} policy`);
      if (this.of.value !== 'ratio') {
        const fact = row.sides[this.of.value];
        if (!fact) return null;
        return { keys: [fact.key], name: this.sides.length ? `${row.what}, ${side(Number(this.of.value))}` : row.what, unit: fact.unit, digits: fact.digits, of: cell => cell.get(fact.key) };
      }
      const [one, other] = row.sides.map(f => f.key);
      return { keys: [one, other], name: `${row.what}: ${side(0)} ÷ ${side(1)}`, unit: '×', digits: 2, of: cell => (cell.get(other) ? cell.get(one) / cell.get(other) : undefined) };
    }

    knob(select) {
      return this.lab.knobs.find(k => k.name === select.value);
    }

    chosen(name) {
      if (name === 'shown') this.offerSides(this.of.value);
      if (name === 'shown' || name === 'of') return this.draw();
      // The same knob in both directions: the other takes the one that was here.
      if (this.across.value === this.down.value) {
        const other = name === 'across' ? this.down : this.across;
        other.value = this.lab.knobs.find(k => k.name !== this.across.value && k.name === this.before?.[name])?.name ?? this.lab.knobs.find(k => k.name !== this.across.value).name;
      }
      this.before = { across: this.across.value, down: this.down.value };
    }

    async start() {
      if (!this.rows.length) return;
      const [x, y] = [this.knob(this.across), this.knob(this.down)];
      const token = ++this.token;
      this.filling = true;
      this.go.textContent = 'Stop';
      // The same values on every screen, and wherever the knobs stand.
      const grid = await this.lab.engine.ask({ op: 'grid', lab: this.lab.number, across: x.name, down: y.name });
      if (token !== this.token) return; // stopped, or started again
      if (grid.error) {
        this.end();
        this.state.textContent = grid.error;
        return;
      }
      [this.x, this.y] = [{ knob: x, ...grid.across }, { knob: y, ...grid.down }];
      this.seed = this.lab.seed.value;
      this.base = this.standing();
      const fixed = Object.fromEntries(this.lab.knobs.map(k => [k.name, k.value]));
      const knobs = this.y.values.flatMap(v => this.x.values.map(u => ({ ...fixed, [x.name]: u, [y.name]: v })));
      this.cells = knobs.map(() => null);
      this.box.hidden = false;
      this.lab.engine.tell({ kind: 'map', lab: this.lab.number, number: this.lab.number, token, cells: knobs, seed: Number(this.seed), most: MOST_EVENTS });
      this.draw();
    }

    stop() {
      this.lab.engine.tell({ kind: 'unmap', lab: this.lab.number });
      this.end();
    }

    end() {
      if (!this.filling) return;
      this.filling = false;
      this.token += 1;
      this.go.textContent = 'Draw the map';
      this.draw().then(() => { this.live.textContent = this.words.textContent; });
    }

    // A cell's run is over.
    cell({ token, cell, done, facts, sides }) {
      if (token !== this.token) return;
      this.cells[cell] = { done, sides, values: new Map(facts.map(f => [f.key, f.value])), notes: new Map(facts.map(f => [f.key, f.place?.note])) };
      if (this.cells.every(Boolean)) return this.end();
      this.progress();
      if (!calm.matches && performance.now() - (this.drawnAt ?? 0) > REDRAW_MS) this.draw();
    }

    // The lab's knobs or seed were turned: the mark moves, or the map is of another setting; its grid stays.
    turned() {
      if (this.cells.length) this.draw();
    }

    // All that a map holds fixed.
    standing() {
      return [this.lab.seed.value, ...this.lab.knobs.filter(k => k !== this.x.knob && k !== this.y.knob).map(k => `${k.name}=${k.value}`)].join();
    }

    width() {
      return Math.max(240, Math.round(this.view.clientWidth || this.lab.width()));
    }

    progress() {
      const run = this.cells.filter(Boolean).length;
      const stale = this.standing() !== this.base ? ' Other knobs were turned since: draw it again to see them in it.' : '';
      const whole = run === this.cells.length;
      this.state.textContent = (this.filling ? `${run} of ${this.cells.length} cells` : whole ? '' : `Stopped after ${run} of ${this.cells.length} cells.`) + stale;
    }

    // How long the runs behind the cells are, honestly.
    lengths() {
      const run = this.cells.filter(Boolean);
      const cut = run.filter(c => c.done < 1 && c.done >= ENOUGH);
      const short = run.filter(c => c.done < ENOUGH);
      const seed = `with seed ${this.seed}`;
      const percent = v => `${Math.floor(v * 100)}\u202f%`;
      if (!cut.length && !short.length) return `Each cell is a whole run of its own ${seed}, as long as the lab’s.`;
      const most = `${this.print(MOST_EVENTS / 1e6)} million events`;
      return [`A cell’s run, ${seed}, ends after ${most}.`,
        cut.length && `${cut.length} of ${run.length} stop there, at ${percent(Math.min(...cut.map(c => c.done)))} of the lab’s run or later: they are estimates, and a full run may differ.`,
        short.length && `${short.length} did not come half-way and show nothing.`].filter(Boolean).join(' ');
    }

    // In some cells the number has to be read with a word before it, such as “not within”.
    otherwise({ keys }) {
      const notes = this.cells.filter(c => c && c.done >= ENOUGH).map(c => keys.map(key => c.notes.get(key)).find(Boolean));
      const said = notes.filter(Boolean);
      return said.length ? ` In ${said.length} of ${notes.length} cells read “${said[0]}” before the number.` : '';
    }

    async draw() {
      if (!this.cells.length || !this.el.open) return;
      const result = this.result();
      if (!result) return;
      this.el.dataset.shown = result.keys.join('/');
      this.drawnAt = performance.now();
      this.drawnWidth = this.width();
      this.progress();
      const turn = this.drawing = (this.drawing ?? 0) + 1;
      const { x, y } = this;
      const here = this.standing() === this.base ? [x.knob.value, y.knob.value] : null;
      const values = this.cells.map(c => (c && c.done >= ENOUGH ? result.of(c.values) : undefined)).map(v => (Number.isFinite(v) ? v : null));
      const map = await this.lab.engine.ask({ op: 'map', lab: this.lab.number, across: x.knob.name, down: y.knob.name, quantity: result.name, unit: result.unit, digits: result.digits, values, here, width: this.drawnWidth });
      if (turn !== this.drawing) return; // drawn again meanwhile
      if (map.error) {
        this.state.textContent = map.error;
        return;
      }
      // The drawing comes from our own worker and from nowhere else, and a template runs no script.
      this.view.replaceChildren(this.make('template', { innerHTML: map.svg }).content);
      this.words.textContent = map.summary;
      this.caption.textContent = `${result.name}, over the ranges of two knobs. ${this.lengths()}${this.otherwise(result)}`;
      this.tabulate(map, result);
    }

    tabulate({ head, rows }, result) {
      const now = JSON.stringify([head, rows, result.name]);
      if (now === this.tabled) return; // so that a chosen cell keeps its focus
      this.tabled = now;
      const { make, x, y } = this;
      const cell = (text, column, row) => {
        const choose = make('button', { type: 'button', className: 'link', onclick: () => this.choose(column, row) }, text);
        choose.setAttribute('aria-label', `${text} when ${x.said[column]} and ${y.said[row]}: set the knobs so`);
        return make('td', {}, choose);
      };
      this.table.replaceChildren(make('table', {}, make('caption', {}, result.name),
        make('thead', {}, make('tr', {}, ...head.map(h => make('th', { scope: 'col' }, h)))),
        make('tbody', {}, ...rows.map(([first, ...rest], row) => make('tr', {}, make('th', { scope: 'row' }, first), ...rest.map((text, column) => cell(text, column, row)))))));
      if (this.table.parentElement.open) document.dispatchEvent(new Event('dsr:table'));
    }

    // In the drawing a cell can be clicked as well; the first shapes are the cells, row by row.
    clicked(e) {
      const at = [...this.view.querySelectorAll('rect.f-heat, rect.f-grid')].indexOf(e.target);
      if (at >= 0 && at < this.cells.length) this.choose(at % this.x.values.length, Math.floor(at / this.x.values.length));
    }

    choose(column, row) {
      this.x.knob.set(this.x.values[column]);
      this.y.knob.set(this.y.values[row]);
      this.live.textContent = `The knobs are set: ${this.x.said[column]}, and ${this.y.said[row]}.`;
      this.lab.changed();
    }
  }

  Object.assign(dsr, { twoKnobs: (lab, parts) => new TwoKnobs(lab, parts), results: { rowsOf, groups } });
})();
