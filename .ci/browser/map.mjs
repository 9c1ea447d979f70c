// node map.mjs BASE [PAGE…]: "Two knobs at once" in every lab: locked before a commit, filled in step by step, stopped, told in words,
// the lab's own number in the framed cell, a cell that sets the knobs, by keyboard, the same grid on every screen and wherever the
// knobs stand, menus whose words fit a phone, and no faults of accessibility.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { comes, open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { check, done } = verdict('map');
const [base, ...only] = process.argv.slice(2);
const LONG = { timeout: 300_000 };

async function look(browser, base, path) {
  const page = await open(browser, base);
  await page.goto(base + path, { waitUntil: 'networkidle0' });
  check(!(await page.$('.lab-map')), `${path}: the map stands in a locked lab`);
  const settled = () => page.waitForFunction(() => document.querySelector('design-lab').dataset.state === 'complete', LONG);
  const filled = () => page.waitForFunction(() => document.querySelector('.map-run button').textContent === 'Draw the map' && document.querySelector('.map-view svg'), LONG);
  const text = selector => page.$eval(selector, el => el.textContent);
  await page.click('.lab-locked button');
  await settled();
  await page.focus('.lab-map > summary');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.map-choose select[id$=shown]').options.length > 3);
  check((await page.$$('.map-choose select[id$=of] option[value=ratio]')).length === 1, `${path}: no ratio of the two policies is offered`);
  check((await page.$$('.map-choose select[id$=shown] optgroup')).length === 3, `${path}: the results are not in groups`);
  // The grid, as the table says it.
  const grid = () => page.evaluate(() => [...document.querySelectorAll('.lab-map :is(thead th, tbody th)')].map(th => th.textContent).join(' | '));
  // The same knob twice is not a map.
  await page.evaluate(() => {
    const [across, down] = document.querySelectorAll('.map-choose select');
    across.value = down.value;
    across.dispatchEvent(new Event('change'));
  });
  check(await page.evaluate(() => new Set([...document.querySelectorAll('.map-choose select')].slice(0, 2).map(s => s.value)).size === 2), `${path}: one knob in both directions`);

  // Stopped on the way.
  await page.click('.map-run button');
  await page.waitForFunction(() => / of \d+ cells/.test(document.querySelector('.map-state').textContent) && document.querySelector('.map-view svg'), LONG);
  await page.click('.map-run button');
  await filled();
  const before = await text('.map-state');
  await new Promise(yes => setTimeout(yes, 500));
  check((await text('.map-state')) === before, `${path}: the map went on after Stop`);

  const wide = await grid();
  // To its end, on a phone.
  await page.setViewport({ width: 360, height: 900 });
  await page.waitForFunction(() => document.querySelector('.map-view').clientWidth < 480);
  const cut = await page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    return [...document.querySelectorAll('.map-choose select')].flatMap(select => {
      const style = getComputedStyle(select);
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      // The arrow of a menu takes some 20 px.
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
      return [...select.options].map(o => o.textContent).filter(text => pen.measureText(text).width > room);
    });
  });
  check(cut.length === 0, `${path}, 360 px: a menu has no room for “${cut.join('”, “')}”`);
  await page.focus('.map-run button');
  await page.keyboard.press('Enter');
  await filled();
  check((await text('.map-state')) === '', `${path}: a whole map says “${await text('.map-state')}”`);
  check(/^(Lowest|It is) /.test((await text('.lab-map .lab-summary')).replace(':', ' ')), `${path}: no summary: ${await text('.lab-map .lab-summary')}`);
  check((await text('.lab-map figcaption')).includes('with seed 7'), `${path}: the caption does not say how long a cell's run is`);
  check(await page.$eval('.lab-map .sr', (el, words) => el.textContent === words, await text('.lab-map .lab-summary')), `${path}: the summary is not said aloud`);
  check((await grid()) === wide, `${path}: a phone has other values: ${await grid()}, not ${wide}`);
  check((await page.$$('.map-view .f-here')).length === 1, `${path}: the current setting is not framed`);

  // The framed cell is the lab's own run.
  const same = await page.evaluate(() => {
    const cells = [...document.querySelectorAll('.map-view rect.f-heat, .map-view rect.f-grid')];
    const here = document.querySelector('.map-view .f-here');
    const at = cells.findIndex(c => c.getAttribute('x') === here.getAttribute('x') && c.getAttribute('y') === here.getAttribute('y'));
    const cell = [...document.querySelectorAll('.lab-map tbody td button')][at].textContent;
    const fact = document.querySelector(`.lab-facts td[data-key="${document.querySelector('.lab-map').dataset.shown}"]`).textContent;
    return { cell, fact };
  });
  const value = t => Number(t.replace(/[^\d.]/g, ''));
  check(Math.abs(value(same.cell) - value(same.fact)) <= 0.5 + 0.01 * value(same.fact), `${path}: the framed cell has ${same.cell}, the lab ${same.fact}`);

  // A cell of the table, chosen by keyboard, sets the knobs and keeps the focus.
  await page.evaluate(() => { document.querySelector('.lab-map details').open = true; });
  const knobs = () => page.evaluate(() => [...document.querySelectorAll('.knob')].map(k => k.querySelector('[type=checkbox]')?.checked ?? k.querySelector('[type=range]').value).join());
  const stood = await knobs();
  await page.focus('.lab-map tbody tr:last-child td:last-child button');
  await page.keyboard.press('Enter');
  await settled();
  await page.waitForFunction(() => document.querySelectorAll('.map-view .f-here').length === 1);
  check((await knobs()) !== stood, `${path}: a cell of the table does not set the knobs`);
  check((await grid()) === wide, `${path}: choosing a cell changes the grid: ${await grid()}, not ${wide}`);
  check(await page.evaluate(() => document.activeElement.matches('.lab-map tbody button')), `${path}: choosing a cell loses the focus`);
  // So does a click into the drawing: its first cell, back from the last.
  const there = await knobs();
  await page.click('.map-view rect');
  check((await knobs()) !== there, `${path}: a click into the drawing does not set the knobs`);
  await settled();
  // A knob between two columns, or two rows: marked beside the grid, which stays. A knob of a few whole numbers has a line for each.
  const between = await page.evaluate(() => {
    const lines = [document.querySelectorAll('.lab-map thead th').length - 1, document.querySelectorAll('.lab-map tbody tr').length];
    return [...document.querySelectorAll('.map-choose select')].slice(0, 2).map((select, i) => {
      const range = document.querySelector(`.knob[data-knob="${select.value}"] input[type=range]`);
      return range && Math.round((range.max - range.min) / range.step) + 1 > lines[i] ? select.value : null;
    }).find(Boolean);
  });
  if (between) {
    let beside = false;
    for (let below = 1; !beside && below < 20; below += 1) {
      await page.evaluate((name, below) => {
        const range = document.querySelector(`.knob[data-knob="${name}"] input[type=range]`);
        range.value = Number(range.max) - below * Number(range.step);
        range.dispatchEvent(new Event('input', { bubbles: true }));
      }, between, below);
      const marked = () => !document.querySelector('.map-view .f-here') && document.querySelectorAll('.map-view .f-head').length === 2;
      beside = await comes(page, marked);
    }
    check(beside, `${path}: no value of ${between} is marked beside the grid`);
    check((await grid()) === wide, `${path}: turning a knob changes the grid`);
    await settled();
  }
  // Another seed: the map says that it is of the old one.
  await page.$eval('.lab-seed input', el => {
    el.value = '8';
    el.dispatchEvent(new Event('change'));
  });
  await page.waitForFunction(() => document.querySelector('.map-state').textContent.includes('were turned since') && !document.querySelector('.map-view .f-here'), { timeout: 20_000 });

  await page.evaluate(axe);
  for (const theme of ['light', 'navy']) {
    await page.evaluate(t => document.documentElement.classList.replace(t === 'light' ? 'navy' : 'light', t), theme);
    const wrong = await page.evaluate(async () => (await window.axe.run('.lab-map', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`));
    check(wrong.length === 0, `${path}, ${theme}: ${wrong.join('; ')}`);
  }
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path}: wider than the screen`);
  check(page.complaints.length === 0, `${path}: ${page.complaints.join('; ')}`);
  await page.close();
}

await withBook(base, base => withBrowser(async browser => {
  let labs = 0;
  for (const path of only.length ? only : await pagesOf(browser, base)) {
    if (path === 'print.html' || !(await (await fetch(base + path)).text()).includes('<design-lab')) continue;
    labs += 1;
    const before = performance.now();
    // A profile of its own each, so that nothing was shown before.
    const context = await browser.createBrowserContext();
    await look({ newPage: () => context.newPage() }, base, path);
    await context.close();
    console.log(`${path}: ${((performance.now() - before) / 1000).toFixed(0)} s`);
  }
  check(labs > 0, 'no page holds a lab');
}));
done();
