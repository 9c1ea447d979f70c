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
  const NARROW = 480;

  // Values over a knob's range, evenly spread where its default stands in the middle, denser at the low end where that is low.
  // The value that the knob has now is one of them.
  function spread(knob, most) {
    const steps = Math.round((knob.max - knob.min) / knob.step);
    // Few values, such as a list of policies, are all shown.
    if (steps < Math.max(most, 7)) return Array.from({ length: steps + 1 }, (_, i) => knob.snap(knob.min + i * knob.step));
    const low = (knob.default - knob.min) / (knob.max - knob.min);
    const power = low > 0 && low < 0.5 ? Math.min(4, Math.log(low) / Math.log(0.5)) : 1;
    const round = v => knob.snap(Number(v.toPrecision(2)));
    const values = new Set(Array.from({ length: most }, (_, i) => round(knob.min + (knob.max - knob.min) * (i / (most - 1)) ** power)));
    values.add(knob.max);
    if (!values.has(knob.value)) {
      const nearest = [...values].reduce((a, b) => (Math.abs(b - knob.value) < Math.abs(a - knob.value) ? b : a));
      if (nearest !== knob.min && nearest !== knob.max) values.delete(nearest);
      values.add(knob.value);
    }
    return [...values].sort((a, b) => a - b);
  }

  // What a cell can show: each fact, and for each that both policies have, the one as a multiple of the other.
  function results(facts) {
    const all = facts.map(f => ({ key: f.key, name: f.label, unit: f.unit, digits: f.digits, of: cell => cell.get(f.key) }));
    const stem = key => key.slice(0, key.lastIndexOf('_'));
    facts.forEach((f, i) => {
      const other = facts.slice(i + 1).find(g => stem(g.key) !== '' && stem(g.key) === stem(f.key));
      if (!other || facts.slice(0, i).some(g => stem(g.key) === stem(f.key))) return;
      const [what, one] = [f.label.slice(0, f.label.lastIndexOf(', ')), f.label.slice(f.label.lastIndexOf(', ') + 2)];
      const name = what !== '' && other.label.startsWith(what + ', ') ? `${what}: ${one} ÷ ${other.label.slice(what.length + 2)}` : `${f.label} ÷ ${other.label}`;
      all.push({ ratio: true, key: `${f.key}/${other.key}`, name, unit: '×', digits: 2, of: cell => (cell.get(other.key) ? cell.get(f.key) / cell.get(other.key) : undefined) });
    });
    return all;
  }

  class TwoKnobs {
    constructor(lab, { make, button, print }) {
      Object.assign(this, { lab, make, print, token: 0, cells: [], results: [], open: false });
      const id = name => `map-${lab.number}-${name}`;
      const choice = (name, label) => {
        const select = make('select', { id: id(name), onchange: () => this.chosen(name) });
        return [select, make('p', {}, make('label', { htmlFor: select.id }, label), select)];
      };
      const [across, acrossLine] = choice('across', 'To the right');
      const [down, downLine] = choice('down', 'Downwards');
      const [shown, shownLine] = choice('shown', 'In the cells');
      Object.assign(this, { across, down, shown });
      for (const select of [across, down]) select.append(...lab.knobs.map(k => make('option', { value: k.name }, k.label)));
      const wide = lab.knobs.filter(k => (k.max - k.min) / k.step >= 2);
      [across.value, down.value] = [(wide[1] ?? lab.knobs[1]).name, (wide[0] ?? lab.knobs[0]).name];
      this.go = button('Draw the map', () => (this.filling ? this.stop() : this.start()));
      this.state = make('span', { className: 'map-state' });
      this.live = make('span', { className: 'sr', role: 'status' });
      this.view = make('div', { className: 'map-view', onclick: e => this.clicked(e) });
      this.caption = make('figcaption');
      this.words = make('p', { className: 'lab-summary' });
      this.table = make('div', { className: 'lab-scroll' });
      this.result = make('div', { hidden: true }, this.words, make('figure', { className: 'lab-figure' }, this.view, this.caption),
        make('details', {}, make('summary', {}, 'Cells as a table; choosing one sets the knobs'), this.table));
      this.el = make('details', { className: 'lab-map', ontoggle: () => this.toggled() }, make('summary', {}, 'Two knobs at once'),
        make('p', { className: 'lab-doubt' }, 'A run for each cell of a grid, with the lab’s seed; all other knobs stay as they stand.'),
        make('div', { className: 'map-choose' }, acrossLine, downLine, shownLine),
        make('div', { className: 'map-run' }, this.go, this.state, this.live), this.result);
      new ResizeObserver(() => this.width() !== this.drawnWidth && this.draw()).observe(this.view);
    }

    toggled() {
      this.open = this.el.open;
      if (this.open) this.offer(this.lab.picture?.facts ?? []);
    }

    // The lab's facts, as they are named now.
    offer(facts) {
      if (!this.open || !facts.length) return;
      this.results = results(facts);
      const names = this.results.map(r => r.name).join();
      if (names === this.offered) return;
      this.offered = names;
      const before = this.shown.value;
      this.shown.replaceChildren(...this.results.map(r => this.make('option', { value: r.key }, r.name)));
      if (this.results.some(r => r.key === before)) this.shown.value = before;
    }

    knob(select) {
      return this.lab.knobs.find(k => k.name === select.value);
    }

    chosen(name) {
      if (name === 'shown') return this.draw();
      // The same knob in both directions: the other takes the one that was here.
      if (this.across.value === this.down.value) {
        const other = name === 'across' ? this.down : this.across;
        other.value = this.lab.knobs.find(k => k.name !== this.across.value && k.name === this.before?.[name])?.name ?? this.lab.knobs.find(k => k.name !== this.across.value).name;
      }
      this.before = { across: this.across.value, down: this.down.value };
    }

    start() {
      if (!this.results.length) return;
      const [x, y] = [this.knob(this.across), this.knob(this.down)];
      const side = (knob, most) => {
        const values = spread(knob, most);
        return { knob, values, label: knob.label + (knob.unit ? ', ' + knob.unit : ''), ticks: values.map(v => new Map(knob.words).get(v) ?? this.print(v)) };
      };
      this.x = side(x, this.width() < NARROW ? 5 : 7);
      this.y = side(y, 5);
      this.seed = this.lab.seed.value;
      this.base = this.standing();
      const fixed = Object.fromEntries(this.lab.knobs.map(k => [k.name, k.value]));
      const knobs = this.y.values.flatMap(v => this.x.values.map(u => ({ ...fixed, [x.name]: u, [y.name]: v })));
      this.cells = knobs.map(() => null);
      this.filling = true;
      this.go.textContent = 'Stop';
      this.result.hidden = false;
      this.lab.engine.tell({ kind: 'map', lab: this.lab.number, number: this.lab.number, token: ++this.token, cells: knobs, seed: Number(this.seed), most: MOST_EVENTS });
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
    cell({ token, cell, done, facts }) {
      if (token !== this.token) return;
      this.cells[cell] = { done, values: new Map(facts.map(f => [f.key, f.value])), names: new Map(facts.map(f => [f.key, f.label])) };
      if (this.cells.every(Boolean)) return this.end();
      this.progress();
      if (!calm.matches && performance.now() - (this.drawnAt ?? 0) > REDRAW_MS) this.draw();
    }

    // The lab's knobs or seed were turned: the frame moves, or the map is of another setting.
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

    // A fact can be another in another cell: “still not well” in place of “well again”, or that of another policy.
    otherwise({ key, name, ratio }) {
      const names = this.cells.filter(c => c && c.done >= ENOUGH && c.values.has(key)).map(c => c.names.get(key));
      const other = ratio ? [] : names.filter(n => n !== name);
      return other.length ? ` In ${other.length} of ${names.length} cells the number is that of “${[...new Set(other)].slice(0, 3).join('”, “')}”.` : '';
    }

    async draw() {
      if (!this.cells.length || !this.el.open) return;
      const result = this.results.find(r => r.key === this.shown.value);
      if (!result) return;
      this.drawnAt = performance.now();
      this.drawnWidth = this.width();
      this.progress();
      const turn = this.drawing = (this.drawing ?? 0) + 1;
      const { x, y } = this;
      const here = this.standing() === this.base ? [x.values.indexOf(x.knob.value), y.values.indexOf(y.knob.value)] : [-1, -1];
      const values = this.cells.map(c => (c && c.done >= ENOUGH ? result.of(c.values) : undefined)).map(v => (Number.isFinite(v) ? v : null));
      const side = ({ label, ticks }) => ({ label, ticks });
      const map = await this.lab.engine.ask({ op: 'map', name: `lab-${this.lab.number}-map`, quantity: result.name, unit: result.unit, digits: result.digits, across: side(x), down: side(y), values, here: here.includes(-1) ? null : here, width: this.drawnWidth });
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
        choose.setAttribute('aria-label', `${text}: set ${x.label} to ${x.ticks[column]}, ${y.label} to ${y.ticks[row]}`);
        return make('td', {}, choose);
      };
      this.table.replaceChildren(make('table', {}, make('caption', {}, result.name),
        make('thead', {}, make('tr', {}, ...head.map(h => make('th', { scope: 'col' }, h)))),
        make('tbody', {}, ...rows.map(([first, ...rest], row) => make('tr', {}, make('th', { scope: 'row' }, first), ...rest.map((text, column) => cell(text, column, row)))))));
    }

    // In the drawing a cell can be clicked as well; the first shapes are the cells, row by row.
    clicked(e) {
      const at = [...this.view.querySelectorAll('rect.f-heat, rect.f-grid')].indexOf(e.target);
      if (at >= 0 && at < this.cells.length) this.choose(at % this.x.values.length, Math.floor(at / this.x.values.length));
    }

    choose(column, row) {
      this.x.knob.set(this.x.values[column]);
      this.y.knob.set(this.y.values[row]);
      this.live.textContent = `The knobs are set: ${this.x.label} ${this.x.ticks[column]}, ${this.y.label} ${this.y.ticks[row]}`;
      this.lab.changed();
    }
  }

  dsr.twoKnobs = (lab, parts) => new TwoKnobs(lab, parts);
})();
