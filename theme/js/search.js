// Search: the index and the engine are mdBook's (elasticlunr); they load when search is first opened.
(() => {
  const panel = document.getElementById('search');
  if (!panel) return;
  const toggle = document.getElementById('search-toggle');
  const input = document.getElementById('search-words');
  const count = document.getElementById('search-count');
  const results = document.getElementById('search-results');
  const root = document.documentElement.dataset.root;
  let found = null;

  const script = src => new Promise((yes, no) => {
    const s = document.createElement('script');
    Object.assign(s, { src, onload: yes, onerror: () => no(new Error(src)) });
    document.head.append(s);
  });
  let ready = null;
  const load = () => ready ??= (async () => {
    window.search = {}; // the index file adds itself to this
    await Promise.all([script(panel.dataset.engine), script(panel.dataset.index)]);
    const { index, doc_urls, results_options, search_options } = window.search;
    return { engine: elasticlunr.Index.load(index), urls: doc_urls, limit: results_options.limit_results, options: search_options };
  })();

  // The words around the first hit, with every hit marked.
  const extract = (body, words) => {
    const hit = new RegExp(words.map(w => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');
    const at = Math.max(0, body.search(hit));
    const from = at < 60 ? 0 : body.lastIndexOf(' ', at - 40) + 1;
    const text = body.slice(from, from + 170).replace(/\s\S*$/, '');
    const p = document.createElement('p');
    let done = 0;
    if (from) p.append('… ');
    for (const m of text.matchAll(hit)) {
      const mark = document.createElement('mark');
      mark.textContent = m[0];
      p.append(text.slice(done, m.index), mark);
      done = m.index + m[0].length;
    }
    p.append(text.slice(done), ' …');
    return p;
  };

  const look = async () => {
    const query = input.value.trim();
    if (query === found) return;
    found = query;
    if (!query) {
      results.replaceChildren();
      count.textContent = '';
      return;
    }
    let book;
    try {
      book = await load();
    } catch {
      count.textContent = 'The search index could not be loaded.';
      return;
    }
    if (query !== found) return; // the reader typed on while it loaded
    const hits = book.engine.search(query, book.options).slice(0, book.limit);
    const words = query.split(/\s+/).map(w => w.toLowerCase());
    results.replaceChildren(...hits.map(hit => {
      const li = document.createElement('li');
      const a = document.createElement('a');
      a.href = root + book.urls[hit.ref];
      a.textContent = hit.doc.title || hit.doc.breadcrumbs;
      const where = document.createElement('span');
      where.textContent = hit.doc.breadcrumbs.split(' » ').filter(part => part !== a.textContent).join(' · ');
      li.append(a, where, extract(hit.doc.body, words));
      return li;
    }));
    count.textContent = hits.length === 0 ? `Nothing found for “${query}”.` : `${hits.length}${hits.length === book.limit ? ' or more' : ''} ${hits.length === 1 ? 'place' : 'places'} found.`;
  };

  const show = yes => {
    panel.hidden = !yes;
    toggle.setAttribute('aria-expanded', yes);
    if (yes) {
      load().catch(() => {});
      input.focus();
      input.select();
    }
  };
  const close = () => {
    show(false);
    toggle.focus();
  };
  toggle.addEventListener('click', () => show(panel.hidden));
  document.getElementById('search-close').addEventListener('click', close);
  input.addEventListener('input', look);
  document.getElementById('search-form').addEventListener('submit', e => {
    e.preventDefault();
    results.querySelector('a')?.click();
  });
  // Down and up walk through the results, Escape closes. Only while the focus is in the panel.
  panel.addEventListener('keydown', e => {
    const stops = [input, ...results.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement);
    if (e.key === 'Escape') close();
    else if (e.key === 'ArrowDown' && at >= 0) stops[Math.min(at + 1, stops.length - 1)].focus();
    else if (e.key === 'ArrowUp' && at > 0) stops[at - 1].focus();
    else return;
    e.preventDefault();
  });
  // A link to a place on this very page must not stay behind the panel.
  results.addEventListener('click', e => e.target.closest('a') && show(false));
  document.addEventListener('click', e => !panel.hidden && !panel.contains(e.target) && !toggle.contains(e.target) && show(false));
})();
