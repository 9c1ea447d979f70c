// Terms of the glossary in the text. Each is a link that carries its definition, which shows while the link has the
// focus or the pointer, or after a tap. As WCAG 1.4.13 has it: Escape takes it away, the pointer may move onto it, and it
// stays until pointer and focus have both left. Without this script the word is a quiet link to the glossary.
(() => {
  const REST = 150; // ms that a pointer rests on a word before it is taken for a question
  const GRACE = 250; // ms for the way from the word to its definition
  const EDGE = 8; // px kept free at the window's edges
  const open = new Set();

  // In a small window, or for a finger, the note is a sheet at the lower edge, or at the upper one where it would lie over the word
  // and the line after it; beside the word it would cover what comes next.
  const small = matchMedia('(max-width: 40rem), (hover: none)');

  const place = (term, note) => {
    note.classList.toggle('sheet', small.matches);
    note.style.top = '';
    note.style.left = '';
    note.classList.remove('above');
    if (small.matches) {
      const word = term.getBoundingClientRect();
      const below = word.bottom + word.height + EDGE > innerHeight - note.getBoundingClientRect().height;
      note.classList.toggle('above', below);
      return;
    }
    const lines = term.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const { width, height } = note.getBoundingClientRect();
    const fits = last.bottom + height + EDGE <= innerHeight || first.top - height < height;
    note.style.top = `${scrollY + (fits ? last.bottom + 4 : first.top - height - 4)}px`;
    note.style.left = `${scrollX + Math.max(EDGE, Math.min(last.left, document.documentElement.clientWidth - width - EDGE))}px`;
  };

  const annotate = (term, i) => {
    const note = document.createElement('span');
    const text = document.createElement('span');
    const onward = document.createElement('a');
    note.className = 'term-note';
    text.id = `term-note-${i}`;
    text.textContent = term.dataset.definition;
    onward.href = term.href;
    onward.textContent = 'In the glossary';
    note.append(text, onward);
    // In the top layer nothing cuts it off; next to the word it is where a screen reader looks for it.
    const layered = 'showPopover' in note;
    if (layered) note.popover = 'manual';
    else note.hidden = true;
    term.after(note);
    term.setAttribute('aria-describedby', text.id);

    let timer;
    let touched = false;
    const later = (what, ms) => {
      clearTimeout(timer);
      timer = setTimeout(what, ms);
    };
    const one = {
      note,
      has: el => term.contains(el) || note.contains(el),
      place: () => place(term, note),
      show(byTouch) {
        clearTimeout(timer);
        onward.hidden = !byTouch; // a pointer or the keyboard follow the word itself
        if (!open.has(one)) {
          open.add(one);
          if (layered) note.showPopover();
          else note.hidden = false;
        }
        one.place();
      },
      hide() {
        clearTimeout(timer);
        if (!open.delete(one)) return;
        if (layered) note.hidePopover();
        else note.hidden = true;
      },
    };
    const leave = () => later(() => {
      if (![term, note].some(el => el.matches(':hover') || el.contains(document.activeElement))) one.hide();
    }, GRACE);

    term.addEventListener('focus', () => open.has(one) || one.show(touched));
    term.addEventListener('pointerenter', e => e.pointerType !== 'touch' && (open.has(one) ? clearTimeout(timer) : later(() => one.show(false), REST)));
    note.addEventListener('pointerenter', () => clearTimeout(timer));
    for (const el of [term, note]) {
      el.addEventListener('focusout', leave);
      el.addEventListener('pointerleave', e => e.pointerType !== 'touch' && leave());
    }
    // The first tap asks what the word means; the second, on the word or on "In the glossary", goes there.
    let asked = false;
    term.addEventListener('pointerdown', e => {
      touched = e.pointerType === 'touch';
      asked = open.has(one);
    });
    term.addEventListener('click', e => {
      if (touched && !asked) {
        e.preventDefault();
        one.show(true);
      }
      touched = false;
    });
  };

  // On the page that holds all pages each word would be explained dozens of times.
  if (document.documentElement.classList.contains('print-page')) return;
  document.querySelectorAll('a.term[data-definition]').forEach(annotate);
  const all = what => [...open].forEach(what);
  document.addEventListener('keydown', e => e.key === 'Escape' && all(one => one.hide()));
  document.addEventListener('pointerdown', e => all(one => one.has(e.target) || one.hide()));
  addEventListener('resize', () => all(one => one.place()));
  addEventListener('pagehide', () => all(one => one.hide())); // a page that comes back from the browser's memory is at rest
})();
