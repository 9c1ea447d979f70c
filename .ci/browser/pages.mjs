// node pages.mjs BASE [PAGE…]: every page of the book, light and dark, at 1400 and 360 pixels: no axe-core violation with all
// <details> open (in the dark: none of the rules about colour), nothing asked of another origin, no complaint on the console, one h1, and no sideways scrolling at 320 pixels.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const { check, done } = verdict('pages');
const [base, ...only] = process.argv.slice(2);

const settle = page => page.evaluate(async () => {
  await document.fonts.ready;
  await new Promise(yes => requestAnimationFrame(() => requestAnimationFrame(yes)));
});

async function look(browser, base, name) {
  const page = await open(browser, base, { store: { 'dsr.theme': 'light' } });
  // The 404 page names the site's root as its base, which is not where a test or a sub-path serves it.
  const astray = name === '404.html' && new URL(base).pathname !== '/';
  await page.goto(base + name, { waitUntil: 'load', timeout: 30_000 });
  await page.evaluate(axe);
  const judge = async (theme, width, runOnly) => {
    await page.setViewport({ width, height: 900 });
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
    await settle(page);
    const { violations } = await page.evaluate(runOnly => axe.run(document, { runOnly, resultTypes: ['violations'] }), runOnly);
    check(violations.length === 0, `${name} ${theme} ${width} px: ${violations.map(v => `${v.id} (${v.impact}) ${v.nodes.slice(0, 4).map(n => `${n.target.join(' ')} ${n.any[0]?.message ?? n.all[0]?.message ?? ''}`).join(' | ')}`).join('; ')}`);
  };
  // The whole book on one page repeats what its pages showed: looked at once in each theme, at the width of a sheet.
  const widths = name === 'print.html' ? [800] : [1400, 360];
  for (const width of widths) await judge('light', width, TAGS);
  if (await page.$('#theme-toggle')) {
    await page.$eval('#theme-toggle', button => button.click());
    const dark = await page.evaluate(() => document.documentElement.classList.contains('navy'));
    check(dark, `${name}: the button does not make it dark`);
    // The other theme changes colours and nothing else: the rules that read colours suffice.
    for (const width of widths) await judge('dark', width, COLOURS);
  }
  await page.setViewport({ width: 320, height: 700 });
  await settle(page);
  const wide = await page.evaluate(() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0) return '';
    const culprits = [...document.querySelectorAll('body *')].filter(el => el.getBoundingClientRect().right > innerWidth + 1 && !el.closest('.table-wrapper, pre, .katex-display, .scroll'));
    return `${over} px too wide, ${culprits.slice(0, 3).map(el => `<${el.localName} class="${el.getAttribute('class') ?? ''}">`).join(' ')}`;
  });
  check(!wide, `${name} 320 px: ${wide}`);
  if (name !== 'print.html') {
    const headings = await page.$$eval('h1', all => all.length);
    check(headings === 1, `${name}: ${headings} h1, there must be one`);
  }
  if (!astray) check(page.complaints.length === 0, `${name}: ${page.complaints.join('; ')}`);
  await page.close();
}

await withBook(base, base => withBrowser(async browser => {
  const names = only.length ? only : await pagesOf(browser, base);
  for (const name of names) await look(browser, base, name);
  console.log(`${names.length} pages looked at`);
}));
done();
