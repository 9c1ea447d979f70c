// node pages.mjs BASE [PAGE…]: every page of the book, light and dark, at 1400 and 360 pixels: no axe-core violation with all
// <details> open, nothing asked of another origin, no complaint on the console, one h1, and no sideways scrolling at 320 pixels.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const { check, done } = verdict('pages');
const [base, ...only] = process.argv.slice(2);

const settle = page => page.evaluate(async () => {
  await document.fonts.ready;
  await new Promise(yes => requestAnimationFrame(() => requestAnimationFrame(yes)));
});

async function look(browser, base, name, theme) {
  const page = await open(browser, base, { store: { 'dsr.theme': theme } });
  // The 404 page names the site's root as its base, which is not where a test or a sub-path serves it.
  const astray = name === '404.html' && new URL(base).pathname !== '/';
  await page.goto(base + name, { waitUntil: 'networkidle0', timeout: 30_000 });
  await page.evaluate(axe);
  for (const width of [1400, 360]) {
    await page.setViewport({ width, height: 900 });
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
    await settle(page);
    const { violations } = await page.evaluate(tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), TAGS);
    check(violations.length === 0, `${name} ${theme} ${width} px: ${violations.map(v => `${v.id} (${v.impact}) ${v.nodes.slice(0, 4).map(n => `${n.target.join(' ')} ${n.any[0]?.message ?? n.all[0]?.message ?? ''}`).join(' | ')}`).join('; ')}`);
  }
  await page.setViewport({ width: 320, height: 700 });
  await settle(page);
  const wide = await page.evaluate(() => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0) return '';
    const culprits = [...document.querySelectorAll('body *')].filter(el => el.getBoundingClientRect().right > innerWidth + 1 && !el.closest('.table-wrapper, pre, .katex-display, .scroll'));
    return `${over} px too wide, ${culprits.slice(0, 3).map(el => `<${el.localName} class="${el.getAttribute('class') ?? ''}">`).join(' ')}`;
  });
  check(!wide, `${name} ${theme} 320 px: ${wide}`);
  if (name !== 'print.html') {
    const headings = await page.$$eval('h1', all => all.length);
    check(headings === 1, `${name}: ${headings} h1, there must be one`);
  }
  if (!astray) check(page.complaints.length === 0, `${name} ${theme}: ${page.complaints.join('; ')}`);
  await page.close();
}

await withBook(base, base => withBrowser(async browser => {
  const names = only.length ? only : await pagesOf(browser, base);
  for (const name of names) for (const theme of ['light', 'navy']) await look(browser, base, name, theme);
  console.log(`${names.length} pages looked at`);
}));
done();
