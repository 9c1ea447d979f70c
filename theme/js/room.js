// A room: one prompt at a time on the wall, with a clock, and the facilitator's notes in a second window that keeps step.
// docs/page-markup.md describes the prompts that this script finds in the page, and what the two windows say to each other.
(() => {
  const html = document.documentElement;
  if (html.classList.contains('print-page')) return;
  const SCHEMA = 1;
  const MINUTE = 60;

  const make = (tag, props = {}, ...children) => {
    const el = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
      if (key in el) el[key] = value; else el.setAttribute(key, value);
    }
    el.append(...children);
    return el;
  };
  const button = (word, onclick, props = {}) => make('button', { type: 'button', className: 'btn quiet', onclick, ...props }, word);

  // The windows speak to their own origin only. From disk a page's origin is opaque, "null", and cannot be addressed.
  const send = (to, message) => to.postMessage({ dsr: 'room', schema: SCHEMA, ...message }, self.origin === 'null' ? '*' : self.origin);
  const hear = (design, heard) => addEventListener('message', event => {
    const said = event.data;
    if (event.origin === self.origin && said !== null && typeof said === 'object' && said.dsr === 'room' && said.schema === SCHEMA && said.design === design) heard(said, event.source);
  });

  // ---------------------------------------------------------------------------------------------------------------- the clock

  // Counts down from a number of seconds; `changed` hears of each new second and each new state.
  class Clock {
    constructor(seconds, changed) {
      this.full = seconds;
      this.changed = changed;
      [this.left, this.since, this.over, this.shown] = [seconds * 1000, null, false, seconds];
    }

    // Seconds left, counted from the time that has passed: a page in the background is woken rarely.
    get seconds() {
      const passed = this.since === null ? 0 : performance.now() - this.since;
      return Math.max(0, Math.ceil((this.left - passed) / 1000));
    }

    get state() {
      return this.over ? 'over' : this.since !== null ? 'running' : this.left < this.full * 1000 ? 'paused' : 'ready';
    }

    // Another length: the clock stands at it, and waits.
    begin(seconds) {
      this.full = seconds;
      this.reset();
    }

    get text() {
      return `${Math.floor(this.shown / MINUTE)}:${String(this.shown % MINUTE).padStart(2, '0')}`;
    }

    set(left, running) {
      clearInterval(this.beat);
      this.left = left;
      this.over = false;
      this.since = running ? performance.now() : null;
      if (running) this.beat = setInterval(() => this.tick(), 200);
      this.shown = this.seconds;
      this.changed();
    }

    tick() {
      const [before, now] = [this.shown, this.seconds];
      if (now === before) return;
      this.shown = now;
      if (now === 0) {
        clearInterval(this.beat);
        [this.left, this.since, this.over] = [0, null, true];
      }
      this.changed(now === 0 ? 'Time is up.' : before > MINUTE && now <= MINUTE ? 'One minute left.' : '');
    }

    remaining() {
      return this.since === null ? this.left : Math.max(0, this.left - (performance.now() - this.since));
    }

    toggle() {
      if (this.over) this.set(this.full * 1000, true);
      else this.set(this.remaining(), this.since === null);
    }

    reset() {
      this.set(this.full * 1000, false);
    }

    // A minute given when the time is up goes on at once.
    more() {
      this.set(this.remaining() + MINUTE * 1000, this.over || this.since !== null);
    }
  }

  // What the clock can count, as the page says it: a prompt, a report, all of the block. `say` is for the buttons.
  const inWords = seconds => (seconds % MINUTE ? `${seconds} s` : `${seconds / MINUTE} min`);
  const lengthsOf = room => [['prompt', 'Prompt'], ['report', 'Report'], ['all', 'All']]
    .map(([what, word]) => ({ what, seconds: Number(room?.dataset[what]), word }))
    .filter(({ seconds }) => seconds > 0)
    .map(length => ({ ...length, say: `${length.word} ${inWords(length.seconds)}` }));
  const lengthButtons = (lengths, choose) => make('span', { className: 'lengths', role: 'group', 'aria-label': 'What the clock counts' },
    ...lengths.map(length => Object.assign(button(length.say, () => choose(length)), { value: length.what })));
  const showLength = (group, what) => group.querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', b.value === what));

  const STATES = { ready: 'ready', running: 'running', paused: 'paused', over: 'Time is up' };
  const startWord = state => (state === 'running' ? 'Pause' : 'Start');
  const showClock = (el, { text, state }) => {
    el.replaceChildren(make('span', { className: 'state' }, STATES[state]), ' ', make('span', { className: 'digits' }, text));
    el.dataset.state = state;
  };

  // ----------------------------------------------------------------------------------------------------------------- the wall

  const KEYS = [['→ or Page Down', 'next'], ['← or Page Up', 'previous'], ['S', 'start or pause'], ['R', 'reset'], ['+', 'one minute more'], ['N', 'notes'], ['Esc', 'close']];

  function wall(sections, room) {
    const prompts = sections.map(section => ({
      section,
      number: section.querySelector('.prompt-number').textContent,
      title: section.querySelector('h2, h3').textContent,
    }));
    const link = room?.querySelector('.room-notes');
    const design = room?.dataset.design;
    let at = 0;
    let notes = null;
    let from = null;

    const number = make('p', { className: 'wall-number', id: 'wall-number' });
    const face = make('p', { className: 'wall-clock', role: 'timer' });
    const text = make('div', { className: 'wall-text' });
    const area = make('div', { className: 'wall-area' }, text);
    const message = make('p', { className: 'wall-message', role: 'status', hidden: true });
    const said = make('p', { className: 'sr', role: 'status' });
    const previous = button('Previous', () => go(-1));
    const next = button('Next', () => go(1));
    const start = button('Start', () => clock.toggle(), { className: 'btn' });
    const lengths = lengthsOf(room);
    let length = lengths[0];
    const choose = chosen => {
      length = chosen;
      clock.begin(chosen.seconds);
    };
    const choice = lengthButtons(lengths, choose);
    const tools = make('p', { className: 'wall-tools' }, previous, next, start,
      button('Reset', () => clock.reset()), button('+1 min', () => clock.more()), ...(lengths.length > 1 ? [choice] : []),
      ...(link ? [button('Notes in a second window', () => openNotes())] : []), button('Close', () => dialog.close()));
    const keys = make('p', { className: 'wall-keys' }, 'Keys: ',
      ...KEYS.filter(([key]) => link || key !== 'N').flatMap(([key, what], i) => [i ? ' · ' : '', ...key.split(' or ').flatMap((k, j) => [j ? ' or ' : '', make('kbd', {}, k)]), ` ${what}`]));
    const stage = make('div', { className: 'wall-stage' }, make('div', { className: 'wall-head' }, number, face), area, message, tools, keys, said);
    const dialog = make('dialog', { className: 'wall', 'aria-labelledby': 'wall-number wall-title' }, stage);
    document.body.append(dialog);

    const clock = new Clock(length?.seconds ?? 5 * MINUTE, tell);

    function state() {
      const name = prompt => (prompt ? { number: prompt.number, title: prompt.title } : null);
      const open = dialog.open;
      return { say: 'state', design, now: open ? name(prompts[at]) : null, next: name(prompts[open ? at + 1 : at]), first: at === 0, clock: { text: clock.text, state: clock.state }, lengths: lengths.map(({ what, say }) => ({ what, say })), length: length?.what };
    }

    // To the room, to who listens to a screen reader, and to the notes.
    function tell(what = '') {
      showClock(face, clock);
      start.textContent = startWord(clock.state);
      showLength(choice, length?.what);
      if (what) said.textContent = what;
      if (notes && !notes.closed) send(notes, state());
    }

    // The prompt as it stands in the page, without what can be followed or pressed, and without its names.
    function copy({ section, title }) {
      const whole = section.cloneNode(true);
      whole.querySelectorAll('.prompt-number, .prompt-tools, .given-mark').forEach(el => el.remove());
      whole.querySelectorAll('a').forEach(a => a.replaceWith(...a.childNodes));
      whole.querySelectorAll('[id]').forEach(el => el.removeAttribute('id'));
      whole.querySelector('h2, h3').replaceWith(make('h2', { id: 'wall-title' }, title));
      return whole.childNodes;
    }

    function show() {
      number.textContent = prompts[at].number;
      text.replaceChildren(...copy(prompts[at]));
      previous.setAttribute('aria-disabled', at === 0);
      next.setAttribute('aria-disabled', at === prompts.length - 1);
      area.scrollTop = 0;
      fit();
      tell();
    }

    // The largest type in which the whole prompt stands on the wall; in a tiny window it scrolls instead.
    function fit() {
      if (!dialog.open) return;
      const fits = size => {
        text.style.fontSize = `${size}px`;
        return area.scrollHeight <= area.clientHeight && area.scrollWidth <= area.clientWidth;
      };
      let [low, high] = [15, Math.max(16, Math.min(area.clientHeight / 4, area.clientWidth / 12))];
      while (high - low > 0.5) {
        const size = (low + high) / 2;
        if (fits(size)) low = size; else high = size;
      }
      if (fits(low)) ['tabindex', 'role', 'aria-label'].forEach(name => area.removeAttribute(name));
      else Object.entries({ tabindex: 0, role: 'region', 'aria-label': 'The prompt' }).forEach(([name, value]) => area.setAttribute(name, value));
    }

    function open(i) {
      at = i;
      if (!dialog.open) {
        from = document.activeElement;
        dialog.showModal();
        // Not everybody may have the whole screen, and the notes cannot ask for it; the window is filled in any case.
        if (navigator.userActivation?.isActive !== false) stage.requestFullscreen?.().then(() => dialog.open || document.exitFullscreen()).catch(() => {});
        start.focus();
      }
      show();
    }

    function go(step) {
      const to = at + step;
      if (to < 0 || to >= prompts.length) return;
      open(to);
      said.textContent = `${prompts[at].number}: ${prompts[at].title}`;
    }

    const actions = { next: () => (dialog.open ? go(1) : open(at)), previous: () => go(-1), toggle: () => clock.toggle(), reset: () => clock.reset(), more: () => clock.more(), ...Object.fromEntries(lengths.map(one => [one.what, () => choose(one)])) };

    // Leaving the full screen closes the wall, unless the browser left it for the second window.
    let opening = false;
    document.addEventListener('fullscreenchange', () => {
      if (!document.fullscreenElement && dialog.open && !opening) dialog.close();
    });
    dialog.addEventListener('close', () => {
      // While the screen is full nothing outside of it can have the focus.
      const back = () => from?.focus();
      if (document.fullscreenElement) document.exitFullscreen().then(back, back); else back();
      message.hidden = true;
      tell();
    });
    dialog.addEventListener('keydown', e => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
      const act = { ArrowRight: () => go(1), PageDown: () => go(1), ArrowLeft: () => go(-1), PageUp: () => go(-1), s: actions.toggle, r: actions.reset, '+': actions.more, '=': actions.more, n: openNotes, Escape: () => dialog.close() }[key];
      if (act && !(e.repeat && key.length === 1)) {
        e.preventDefault();
        act();
      } else if (key === 'Tab') {
        // Round and round: nothing else is on the wall.
        const stops = [...dialog.querySelectorAll('button, a[href], [tabindex="0"]')].filter(el => el.checkVisibility());
        const edge = e.shiftKey ? stops[0] : stops.at(-1);
        if (document.activeElement === edge || !dialog.contains(document.activeElement)) {
          e.preventDefault();
          (e.shiftKey ? stops.at(-1) : stops[0]).focus();
        }
      }
    });
    new ResizeObserver(fit).observe(area);
    document.fonts.ready.then(fit);

    const blocked = room && make('p', { className: 'room-blocked', role: 'status', hidden: true });
    function openNotes() {
      if (!link) return;
      if (notes && !notes.closed) return notes.focus();
      opening = true;
      setTimeout(() => { opening = false; }, 1500);
      const name = `dsr-notes-${design}`;
      notes = window.open(link.href, name, 'popup,width=900,height=900');
      const place = dialog.open ? message : blocked;
      place.hidden = notes !== null;
      if (!notes) place.replaceChildren('The browser did not open a second window. ', make('a', { href: link.href, target: name }, 'Open the notes'), ' yourself, or allow this page to open windows.');
    }

    for (const [i, { section, title }] of prompts.entries()) {
      section.append(make('p', { className: 'prompt-tools' }, button('', () => open(i))));
      section.lastChild.firstChild.append('Show large', make('span', { className: 'sr' }, `: ${title}`));
    }
    if (link) room.after(make('p', { className: 'prompt-tools' }, button('Notes in a second window', openNotes)), blocked);

    hear(design, (heard, from) => {
      // The notes speak first: so they are found again after this page was loaded anew.
      notes = from;
      message.hidden = true;
      if (blocked) blocked.hidden = true;
      clock.tick();
      if (heard.say === 'do' && Object.hasOwn(actions, heard.what)) actions[heard.what]();
      else send(notes, state());
    });
    tell();
  }

  // ---------------------------------------------------------------------------------------------------------------- the notes

  const PATIENCE = 3000;

  // The bar above a facilitator's notes, in the window that a discuss page opened.
  function notes(design) {
    const now = make('p', { className: 'bar-now' });
    const then = make('p', { className: 'bar-next' });
    const face = make('p', { className: 'wall-clock', role: 'timer' });
    // A button that would do nothing stays where it is, says so, and sends nothing.
    const order = what => event => event.currentTarget.getAttribute('aria-disabled') !== 'true' && window.opener && send(window.opener, { say: 'do', design, what });
    const previous = button('Previous', order('previous'));
    const next = button('Next', order('next'));
    const start = button('Start', order('toggle'), { className: 'btn' });
    const more = button('+1 min', order('more'));
    const tools = make('p', { className: 'bar-tools' }, previous, next, start, more);
    const live = make('div', { className: 'bar-live', hidden: true }, make('div', {}, now, then), face, tools);
    const apart = make('p', { className: 'bar-apart', role: 'status' }, 'Looking for the discuss page …');
    document.getElementById('content').prepend(make('section', { className: 'room-bar', 'aria-label': 'The wall' }, live, apart));

    const name = (word, prompt, none) => [word, ...(prompt ? [make('b', {}, prompt.number), ` ${prompt.title}`] : [none])];
    let last = performance.now();
    let met = false;
    let choice = null;
    const say = what => {
      live.hidden = what !== '';
      if (apart.textContent !== what) apart.textContent = what;
    };
    hear(design, said => {
      if (said.say !== 'state') return;
      last = performance.now();
      met = true;
      say('');
      now.replaceChildren(...name('On the wall: ', said.now, 'nothing. Press “Next” to show the prompt below there, or “Show large” beside any prompt on the discuss page.'));
      then.replaceChildren(...name('Next: ', said.next, 'nothing, this is the last one'));
      showClock(face, said.clock);
      start.textContent = startWord(said.clock.state);
      if (said.lengths?.length > 1 && !choice) {
        choice = lengthButtons(said.lengths, ({ what }) => window.opener && send(window.opener, { say: 'do', design, what }));
        tools.append(choice);
      }
      if (choice) showLength(choice, said.length);
      const able = (el, can) => el.setAttribute('aria-disabled', !can);
      able(previous, said.now && !said.first);
      able(next, said.next);
      // The clock is on the wall: without one there is only a running clock to stop.
      able(start, said.now || said.clock.state === 'running');
      able(more, said.now);
    });
    const ask = () => {
      if (!window.opener || window.opener.closed) return say(met ? 'The discuss page was closed. This window is just the notes now.' : 'No discuss page is open beside this window: it is just the notes.');
      send(window.opener, { say: 'hello', design });
      if (performance.now() - last > PATIENCE) say(met ? 'The discuss page does not answer: it was closed, or shows another page. This window is just the notes until it is back.' : 'The discuss page cannot be reached from here: this window is just the notes.');
    };
    ask();
    setInterval(ask, 1000);
  }

  const sections = [...document.querySelectorAll('section.prompt')];
  if (sections.length) wall(sections, document.querySelector('.room'));
  const design = /(?:^|\/)designs\/(\d+)-[^/]+\/facilitate\.md$/.exec(html.dataset.page)?.[1];
  if (design && window.name === `dsr-notes-${design}`) notes(design);
})();
