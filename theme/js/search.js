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
  const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'); // as part of a regular expression

  const script = src => new Promise((yes, no) => {
    const s = document.createElement('script');
    Object.assign(s, { src, onload: yes, onerror: () => no(new Error(src)) });
    document.head.append(s);
  });
  let ready = null;
  const load = () => ready ??= (async () => {
    window.search = {}; // the index file adds itself to this
    await Promise.all([script(panel.dataset.engine), script(panel.dataset.index)]);
    const { index, doc_urls: urls, results_options, search_options } = window.search;
    const engine = elasticlunr.Index.load(index);
    const page = url => url.split('#')[0];
    const docs = urls.map((url, ref) => ({ ...engine.documentStore.docs[ref], url, first: page(url) !== page(urls[ref - 1] ?? '') }));
    const blocks = docs.filter(doc => doc.first && doc.url.startsWith('blocks/')).map(doc => escaped(doc.title));
    // What the frame says on every page: times, blocks and tabs above the text, date and reading path below it.
    const frame = new RegExp(`^Design \\d\\d · .*? min alone( · )?((${blocks.join('|')})(, )?)*|Read Evaluate Discuss Exercise Debrief|Figures as of \\w+ \\d{4}\\..*$`, 'g');
    const places = docs.map(doc => placeOf(doc, doc.body.replace(frame, '').trim()));
    return { engine, places, limit: results_options.limit_results, options: search_options };
  })();

  // A place of the workbook: a page, a section of one, or a term. What it is called decides more than how often a word
  // occurs in it, so names are compared here; the engine does what it is good at, which is the text.
  const KINDS = ['Design', 'Building block', 'Term', 'Page'];
  // `cargo book` leaves these out of the index: no answer before a judgement. A plain `mdbook build` does not.
  const ANSWERS = /\/(debrief|facilitate)\.html|^ledger\.html|^instructor\/[a-z-]+-key\.html/;
  const placeOf = ({ url, first, breadcrumbs, ...doc }, text) => {
    const term = url.startsWith('glossary.html#') && !first && text !== '';
    const kind = url.startsWith('designs/') ? 0 : url.startsWith('blocks/') ? 1 : term ? 2 : 3;
    const top = term || (first && (kind > 0 || url.includes('/index.html')));
    const path = breadcrumbs.split(' » ');
    const chapter = path.at(-2) ?? '';
    const title = first && chapter.endsWith(doc.title) ? chapter : doc.title; // "08 Coast-to-coast failover"
    const also = (term && text.match(/^Also: (.*?)\.\s/)) || ['', ''];
    return {
      url, kind, title, top,
      names: [title, ...also[1].split(', ')].map(wordsOf).filter(words => words.length),
      where: path.filter(part => part !== title && part !== doc.title && !(term && part === chapter)),
      body: term ? text.slice(also[0].length).replace(/See [^.]*\.$/, '').trim() : text,
      text: `${breadcrumbs} ${text}`.toLowerCase(),
      shown: (first || text !== '') && !ANSWERS.test(url),
    };
  };

  // Words as the index has them: at spaces and hyphens, without signs around them.
  const wordsOf = text => text.toLowerCase().split(/[\s-]+/).map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')).filter(Boolean);
  const stem = word => elasticlunr.stemmer(word);
  const like = (word, typed) => word.startsWith(typed) || stem(word) === stem(typed);

  // 0: called so. 1: a design, block, page or term whose name has all the words. 2: a part of one. 3: only its text has them.
  const rank = ({ names, top }, typed) => {
    if (top && names.some(name => name.length === typed.length && name.every((word, i) => stem(word) === stem(typed[i])))) return 0;
    const named = names.some(name => typed.every(word => name.some(part => like(part, word))));
    return named ? (top ? 1 : 2) : 3;
  };

  const find = ({ engine, places, options, limit }, query) => {
    const typed = wordsOf(query);
    if (!typed.length) return [];
    const order = new Map(engine.search(query, options).map((hit, i) => [Number(hit.ref), i]));
    // The engine drops "at", "least" and their like, and misses the half of a word that its stem has lost.
    const begins = typed.map(word => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}`, 'u'));
    return places
      .map((place, ref) => ({ place, rank: rank(place, typed), order: order.get(ref) ?? (begins.every(word => word.test(place.text)) ? places.length + ref : Infinity) }))
      .filter(({ place, rank, order }) => place.shown && (rank < 3 || order < Infinity))
      .sort((a, b) => a.rank - b.rank || (a.rank < 3 ? a.place.kind - b.place.kind : 0) || a.order - b.order)
      .slice(0, limit)
      .map(({ place }) => place);
  };

  // How many letters have to be added, dropped, changed or exchanged with their neighbour to make one word of another.
  const distance = (a, b) => {
    let [before, last, row] = [[], [], Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
      [before, last, row] = [last, row, [i]];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return row[b.length];
  };
  // The query with each word that names nothing replaced by the nearest one that does; null if that finds nothing either.
  const meant = (book, query) => {
    const known = [...new Set(book.places.filter(place => place.top).flatMap(place => place.names.flat()))];
    const words = wordsOf(query).map(word => {
      if (known.some(k => like(k, word))) return word;
      const near = known.map(k => [distance(word, k), k]).sort((a, b) => a[0] - b[0])[0];
      return near && near[0] <= Math.min(2, Math.floor(word.length / 3)) ? near[1] : word;
    });
    const guess = words.join(' ');
    return guess !== wordsOf(query).join(' ') && find(book, guess).length ? guess : null;
  };

  // The words around the first hit, with every hit marked.
  const extract = (body, words) => {
    const hit = new RegExp(words.flatMap(w => [w, stem(w)]).map(escaped).join('|'), 'gi');
    const at = Math.max(0, body.search(hit));
    const from = at < 60 ? 0 : body.lastIndexOf(' ', at - 40) + 1;
    const whole = body.length - from <= 190;
    const text = whole ? body.slice(from) : body.slice(from, from + 170).replace(/\s\S*$/, '');
    const p = document.createElement('p');
    let done = 0;
    if (from) p.append('… ');
    for (const m of text.matchAll(hit)) {
      const mark = document.createElement('mark');
      mark.textContent = m[0];
      p.append(text.slice(done, m.index), mark);
      done = m.index + m[0].length;
    }
    p.append(text.slice(done), whole ? '' : ' …');
    return p;
  };

  const shown = (place, words) => {
    const [li, a, where, kind] = ['li', 'a', 'span', 'span'].map(name => document.createElement(name));
    a.href = root + place.url;
    a.textContent = place.title;
    kind.className = 'kind';
    kind.textContent = KINDS[place.kind];
    where.append(kind, ...place.where.map(part => ` · ${part}`));
    li.append(a, where, extract(place.body, words));
    return li;
  };

  const nothing = (book, query) => {
    const guess = meant(book, query);
    const again = document.createElement('button');
    Object.assign(again, { type: 'button', className: 'link', textContent: guess });
    again.addEventListener('click', () => {
      input.value = guess;
      look();
      input.focus();
    });
    count.replaceChildren(`Nothing found for “${query}”. `, ...(guess ? ['Did you mean ', again, '?'] : ['Try one word, or its beginning.']));
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
    const places = find(book, query);
    results.replaceChildren(...places.map(place => shown(place, wordsOf(query))));
    if (places.length === 0) nothing(book, query);
    else count.textContent = `${places.length}${places.length === book.limit ? ' or more' : ''} ${places.length === 1 ? 'place' : 'places'} found.`;
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
  document.addEventListener('click', e => panel.hidden || e.composedPath().some(el => el === panel || el === toggle) || show(false));
})();
