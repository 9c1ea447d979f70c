// Where the reader stands: pages read, worksheets committed, steps solved. It shows in the contents and, on the home page,
// in the map of designs. docs/page-markup.md describes what is stored; nothing leaves this browser.
(() => {
  const SCHEMA = 1;
  const { store, isCommitted } = window.dsr;
  const { page, root, first } = document.documentElement.dataset;
  const main = document.getElementById('content');
  const contents = document.getElementById('contents');
  const home = first !== undefined;

  const make = (tag, className, ...children) => {
    const el = document.createElement(tag);
    if (className) el.className = className;
    el.append(...children);
    return el;
  };

  // The pages, by address, with their names as the contents have them; and the designs with theirs.
  const pages = new Map([...contents.querySelectorAll('a[data-page]')].map(a => [a.dataset.page, { a, name: a.textContent.trim() }]));
  const designs = new Map();
  for (const [address, { a, name }] of pages) {
    const number = /^designs\/(\d\d)-[^/]+\/index\.html$/.exec(address)?.[1];
    if (number) designs.set(number, { name, pages: [...a.closest('li').querySelectorAll('a[data-page]')].map(link => link.dataset.page) });
  }
  const designOf = address => designs.get(/^designs\/(\d\d)-/.exec(address)?.[1]);

  // Two records of one form, {schema, LIST: [name, …]}: the pages read and the steps solved. One that cannot be read is set aside.
  const LISTS = { 'dsr.read': 'pages', 'dsr.solved': 'steps' };
  const parse = (key, text) => {
    let saved;
    try { saved = JSON.parse(text); } catch { return null; }
    const list = saved?.schema === SCHEMA && saved[LISTS[key]];
    return Array.isArray(list) ? { ...saved, [LISTS[key]]: list.filter(name => typeof name === 'string') } : null;
  };
  const load = key => {
    const text = store.get(key);
    const record = text === null ? null : parse(key, text);
    if (text !== null && !record) store.setAside(key);
    return record ?? { schema: SCHEMA, [LISTS[key]]: [] };
  };
  // Read again before each change: another tab may have written since.
  const change = (key, names, more = {}) => {
    const record = load(key);
    record[LISTS[key]] = [...new Set([...record[LISTS[key]], ...names])];
    return store.set(key, JSON.stringify({ ...record, ...more }));
  };
  const listed = key => new Set(load(key)[LISTS[key]]);

  // What is done of a design.
  function standing(number) {
    const [read, solved] = [listed('dsr.read'), listed('dsr.solved')];
    const own = designs.get(number)?.pages ?? [];
    return {
      read: own.filter(address => read.has(address)).length,
      pages: own.length,
      committed: isCommitted(number),
      solved: [...solved].filter(step => step.startsWith(number + '/')).length,
    };
  }

  // In the contents: a shape and a word for each page; a design's first page speaks for the whole design.
  function mark(address, kind, words, share = 1) {
    const { a } = pages.get(address);
    a.querySelector('.mark')?.remove();
    if (!words) return;
    const el = make('span', 'mark', make('span', 'sr', ', '), words);
    el.dataset.kind = kind;
    el.style.setProperty('--share', share);
    a.append(el);
  }
  function showContents() {
    const read = listed('dsr.read');
    for (const address of pages.keys()) mark(address, 'read', read.has(address) && 'read');
    for (const [number, { pages: own }] of designs) {
      const at = standing(number);
      const solved = at.solved && `${at.solved} solved`;
      const [index] = own;
      for (const address of own) {
        if (at.committed && address.endsWith('/evaluate.html')) mark(address, 'committed', 'committed');
        if (solved && address.endsWith('/exercise.html')) mark(address, 'solved', solved);
      }
      if (solved) mark(index, 'solved', solved);
      else if (at.committed) mark(index, 'committed', 'committed');
      else if (at.read) mark(index, 'part', `${at.read} of ${at.pages} pages`, at.read / at.pages);
    }
  }

  // In the map, which names each design's steps: the state in words. A first visit sees none of this.
  function showMap() {
    document.querySelectorAll('.so-far').forEach(el => el.remove());
    const rows = [...main.querySelectorAll('[data-design][data-steps]')].map(row => {
      const at = standing(row.dataset.design);
      const steps = row.dataset.steps.split(' ').length;
      const words = [at.read && `${at.read} of ${at.pages} pages read`, at.committed && 'worksheet committed', at.solved && `${at.solved} of ${steps} steps solved`];
      return { row, words: words.filter(Boolean).map(part => part.replaceAll(' ', '\u00a0')).join(' · ') };
    });
    if (!rows.some(({ words }) => words)) return;
    const head = main.querySelector('.map thead tr');
    if (head) {
      const th = make('th', 'so-far', 'So far');
      th.scope = 'col';
      head.append(th);
    }
    for (const { row, words } of rows) {
      if (row.localName === 'tr') row.append(make('td', 'so-far', words));
      else if (words) row.append(make('span', 'so-far', words));
    }
    const tools = make('a', '', 'import, move or forget it');
    tools.href = root + 'how-to-use.html#what-is-recorded';
    (main.querySelector('.map-note') ?? main.querySelector('.map-list'))?.after(make('p', 'so-far', 'This is kept in this browser only: ', tools, '.'));
  }

  // The way back to where the reader stopped, in place of the way to begin.
  function showResume() {
    document.querySelector('.resume')?.remove();
    const { last } = load('dsr.read');
    const found = home && typeof last?.page === 'string' && pages.get(last.page);
    const begin = main.querySelector('.cta');
    if (begin) begin.hidden = Boolean(found);
    if (!found) return;
    const design = designOf(last.page);
    const inside = design && design.name !== found.name;
    const link = (className, words, address) => Object.assign(make('a', className, words), { href: root + address });
    let go = [link('btn', `Go on with ${found.name}`, last.page)];
    let where = make('span', '', 'You stopped at ', make('b', '', found.name), inside ? ` in ${design.name}.` : '.');
    // A committed sheet is behind the reader: its lab comes next, on the same page, and then the discussion.
    const [number] = /\d\d/.exec(last.page) ?? [];
    if (inside && last.page.endsWith('/evaluate.html') && isCommitted(number)) {
      const discuss = design.pages.find(address => address.endsWith('/discuss.html'));
      where = make('span', '', 'Your worksheet of ', make('b', '', design.name), ` is committed. Next: the lab${discuss ? ', then Discuss.' : '.'}`);
      go = [link('btn', 'Go on with the lab', last.page + '#the-lab')];
      if (discuss) go.push(' ', link('btn quiet', 'Discuss', discuss));
    }
    const others = [...begin?.querySelectorAll('.quiet') ?? []].map(a => a.cloneNode(true));
    main.querySelector('h1 + p')?.after(make('p', 'resume', where, ' ', ...go, ' ', ...others));
  }

  function show() {
    showContents();
    if (home) {
      showResume();
      showMap();
    }
  }
  show();
  document.addEventListener('dsr:commit', show);
  addEventListener('storage', e => (e.key === null || e.key.startsWith('dsr.')) && show());

  // A page counts as read once its end was on the screen, with its gate open.
  const here = (page || 'index.md').replace(/\.md$/, '.html');
  const end = main.querySelector('.reading-path');
  const entry = contents.querySelector('a[aria-current]')?.dataset.page;
  if (entry && end) {
    if (!home) change('dsr.read', [], { last: { page: here, title: pages.get(entry).name } });
    new IntersectionObserver((seen, watch) => {
      if (!seen.some(at => at.isIntersecting) || main.querySelector('.gate:not([open])')) return;
      watch.disconnect();
      change('dsr.read', [entry]);
      showContents();
    }).observe(end);
  }

  window.dsr.progress = { LISTS, parse, change, listed, show, make };
})();
