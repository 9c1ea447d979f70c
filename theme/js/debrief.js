// The debrief's answers beside the reader's own: once the sheet is committed, the table that has them gets two columns, the frozen
// interval and whether it held. Without a commit it is as the page was written. docs/page-markup.md describes what is found here.
(() => {
  const number = /(?:^|\/)designs\/(\d\d)-[^/]+\/debrief\.md$/.exec(document.documentElement.dataset.page)?.[1];
  if (!number) return;
  const { frozen, interval, day } = window.dsr;

  const make = (tag, props = {}, ...children) => {
    const el = Object.assign(document.createElement(tag), props);
    el.append(...children);
    return el;
  };

  // The first row for each question, all of one table: that of the first answer on the page.
  const first = document.querySelector('td .fact[data-question]');
  const table = first?.closest('table');
  if (!table) return;
  const rows = new Map();
  for (const fact of table.querySelectorAll('td .fact[data-question]')) {
    if (!rows.has(fact.dataset.question)) rows.set(fact.dataset.question, { fact, cell: fact.closest('td'), row: fact.closest('tr') });
  }
  const answers = first.closest('td').cellIndex;

  // A word and a shape; colour comes last.
  const SIDES = { inside: ['✓', 'inside'], more: ['▲', 'outside: the run gave more'], less: ['▼', 'outside: the run gave less'] };
  const sideOf = (value, [low, high]) => (value > high ? 'more' : value < low ? 'less' : 'inside');

  function clear() {
    document.querySelectorAll('.own').forEach(el => el.remove());
    table.closest('.answers')?.classList.remove('answers');
    table.querySelectorAll('[data-label]').forEach(cell => cell.removeAttribute('data-label'));
    for (const el of [table, ...table.querySelectorAll('thead, tbody, tr, th, td')]) el.removeAttribute('role');
  }

  function show() {
    clear();
    const sheet = frozen(number);
    if (!sheet) return;
    let held = 0;
    let asked = 0;
    const head = table.tHead.rows[0];
    const column = words => make('th', { className: 'own', scope: 'col' }, words);
    head.cells[answers].before(column('Your interval'));
    head.cells[answers + 1].after(column('Inside or outside'));
    for (const row of table.tBodies[0].rows) {
      const [id, { fact, cell }] = [...rows].find(([, at]) => at.row === row) ?? [null, {}];
      const own = id === null ? null : sheet.answers[id];
      const at = cell ?? row.cells[answers];
      if (!own) {
        at.before(make('td', { className: 'own' }, id === null ? '' : '–'));
        at.after(make('td', { className: 'own' }));
        continue;
      }
      const side = sideOf(Number(fact.value), own);
      asked += 1;
      held += side === 'inside';
      const [shape, words] = SIDES[side];
      const mark = make('span', {}, shape);
      mark.setAttribute('aria-hidden', 'true');
      const told = make('td', { className: 'own side' }, mark, ` ${words}`);
      told.dataset.side = side;
      at.before(make('td', { className: 'own' }, interval(own, fact.dataset.unit)));
      at.after(told);
    }
    const labels = [...head.cells].map(th => th.textContent);
    for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, i) => { cell.dataset.label = labels[i]; });
    // On a phone each row is laid out as a block, and that would take the table from who cannot see it.
    for (const [selector, role] of [['thead, tbody', 'rowgroup'], ['tr', 'row'], ['th', 'columnheader'], ['td', 'cell']]) {
      table.querySelectorAll(selector).forEach(el => el.setAttribute('role', role));
    }
    table.setAttribute('role', 'table');
    const frame = table.closest('.table-wrapper') ?? table;
    frame.classList.add('answers');
    const sum = make('p', { className: 'own answers-sum' }, `Your intervals, frozen on ${day(sheet.committed)}: `, make('b', {}, `${held} of ${asked}`), ' held what the run gave.');
    frame.before(sum);
  }

  show();
  document.addEventListener('dsr:commit', e => e.detail.design === number && show());
  addEventListener('storage', e => (e.key === null || e.key === `dsr.worksheet.${number}`) && show());
})();
