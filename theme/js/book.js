// The page's own behaviour: theme, contents, and names for what Markdown cannot name.
// There are no single-key shortcuts, and arrow keys never leave the chapter (WCAG 2.1.4).
(() => {
  const html = document.documentElement;
  const byId = id => document.getElementById(id);
  const main = byId('content');
  const page = (html.dataset.page || 'index.md').replace(/\.md$/, '.html');
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* full or blocked: not remembered */ } },
  };

  // Theme: two of them; the system's choice until the reader makes one.
  const themeButton = byId('theme-toggle');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const show = dark => {
    html.classList.toggle('navy', dark);
    html.classList.toggle('light', !dark);
    themeButton.setAttribute('aria-pressed', dark);
  };
  show(html.classList.contains('navy'));
  themeButton.addEventListener('click', () => {
    const dark = !html.classList.contains('navy');
    show(dark);
    store.set('dsr.theme', dark ? 'navy' : 'light');
  });
  system.addEventListener('change', () => store.get('dsr.theme') === null && show(system.matches));

  // Contents: beside the text on a wide screen (remembered), over it on a narrow one (closes when left).
  const contents = byId('contents');
  const contentsButton = byId('contents-toggle');
  const wide = matchMedia('(min-width: 68rem)');
  const open = yes => {
    html.classList.toggle('contents-open', yes);
    contentsButton.setAttribute('aria-expanded', yes);
  };
  open(html.classList.contains('contents-open'));
  contentsButton.addEventListener('click', () => {
    const yes = !html.classList.contains('contents-open');
    open(yes);
    if (wide.matches) store.set('dsr.contents', yes ? 'open' : 'closed');
    else if (yes) (contents.querySelector('[aria-current]') || contents.querySelector('a')).focus();
  });
  const leave = to => !wide.matches && !contents.contains(to) && !contentsButton.contains(to) && open(false);
  contents.addEventListener('focusout', e => e.relatedTarget && leave(e.relatedTarget));
  document.addEventListener('click', e => leave(e.target));
  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape' || wide.matches || !html.classList.contains('contents-open')) return;
    open(false);
    contentsButton.focus();
  });
  wide.addEventListener('change', () => open(wide.matches && store.get('dsr.contents') !== 'closed'));

  // The headings of this page, below its entry.
  const here = contents.querySelector('[aria-current]');
  const headings = [...main.querySelectorAll(':scope > h2[id], .not-in-print > h2[id], .prompt > h2[id]')];
  if (here && headings.length > 2) {
    const list = document.createElement('ol');
    list.className = 'headings';
    for (const h of headings) {
      const a = document.createElement('a');
      a.href = '#' + h.id;
      a.textContent = h.textContent;
      const li = document.createElement('li');
      li.append(a);
      list.append(li);
    }
    here.closest('.chapter-link-wrapper').after(list);
    list.addEventListener('click', e => e.target.matches('a') && !wide.matches && open(false));
  }

  // The skip link, also where <base> would send "#content" to another page.
  document.querySelector('.skip').addEventListener('click', e => {
    e.preventDefault();
    main.focus();
    main.scrollIntoView();
  });

  // Wide tables, code and formulas, and long tables beside figures, scroll inside themselves: reachable by keyboard, and named, while they overflow.
  const title = el => {
    for (let h = el; h && h !== main; h = h.previousElementSibling || h.parentElement) if (/^H[1-6]$/.test(h.tagName)) return h.textContent.trim();
    return 'this page';
  };
  const kind = el => (el.matches('code') ? 'Code' : el.matches('.katex-display') ? 'Formula' : el.matches('.drawing > div') ? 'Figure' : 'Table');
  const name = () => {
    main.querySelectorAll('.table-wrapper, .scroll, .lab-scroll, .drawing > div, pre > code, .katex-display').forEach((el, i) => {
      const over = el.scrollWidth > el.clientWidth + 1 || (el.matches('.scroll') && el.scrollHeight > el.clientHeight + 1);
      if (over && !el.hasAttribute('tabindex')) {
        el.tabIndex = 0;
        el.setAttribute('role', 'region');
        el.setAttribute('aria-label', `${kind(el)} ${i + 1}, in “${title(el)}”`);
        el.dataset.named = '';
      } else if (!over && 'named' in el.dataset) {
        ['tabindex', 'role', 'aria-label', 'data-named'].forEach(a => el.removeAttribute(a));
      }
    });
  };
  name();
  addEventListener('resize', name);
  document.addEventListener('toggle', name, true);
  // A lab draws its tables anew while they are open.
  document.addEventListener('dsr:table', name);
  document.fonts.ready.then(name);

  // Markdown's task lists: a disabled box without a name.
  main.querySelectorAll('li > input[type=checkbox]:disabled, li > p > input[type=checkbox]:disabled').forEach(box => {
    box.setAttribute('aria-label', box.closest('li').textContent.trim());
  });

  // Its tables cannot have an empty corner: a heading cell without text is a plain cell.
  main.querySelectorAll('thead th:empty').forEach(th => th.replaceWith(document.createElement('td')));
  // On the page that holds all pages, "Sources on this page" stands many times: no longer a landmark each.
  main.querySelectorAll('.print-page .sources').forEach(section => section.removeAttribute('aria-labelledby'));

  // An address inside a closed <details> opens it.
  const reveal = () => {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* not an encoded name: look for it as it stands */ }
    const target = name && byId(name);
    for (let el = target; el; el = el.parentElement) if (el.tagName === 'DETAILS' && !el.matches('.gate')) el.open = true;
    if (target) target.scrollIntoView();
  };
  if (location.hash) reveal();
  addEventListener('hashchange', reveal);

  // Headings that moved to another page (redirects of book.toml).
  const moved = byId('moved');
  const target = moved && JSON.parse(moved.textContent)[location.hash];
  if (target) location.replace(new URL(target, location.href));

  document.querySelectorAll('[data-print]').forEach(button => button.addEventListener('click', () => print()));
})();
