// node places.mjs DIR: the built book works at the root of a server, below a path, opened from disk, and without script.
import { onDisk, open, verdict, withBrowser } from './browser.mjs';
import { pagesOf } from './browser.mjs';
import { serve } from './serve.mjs';

const { check, done } = verdict('places');
const dir = process.argv[2];
if (!dir) throw new Error('usage: node places.mjs DIR');

async function visit(browser, base, place, chosen = () => true) {
  const names = (await pagesOf(browser, base)).filter(name => !['404.html', 'print.html', 'toc.html'].includes(name) && chosen(name));
  for (const name of names) {
    const page = await open(browser, base);
    await page.goto(base + name, { waitUntil: 'load' });
    const state = await page.evaluate(async () => {
      await document.fonts.ready;
      const loaded = family => [...document.fonts].some(face => face.family.includes(family) && face.status === 'loaded');
      return {
        sheets: [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet),
        serif: loaded('Workbook Serif'), sans: loaded('Workbook Sans'),
        katex: !document.querySelector('.katex') || loaded('KaTeX'),
        script: document.documentElement.classList.contains('js') && !!document.querySelector('#contents a[href]'),
        here: document.querySelectorAll('#contents [aria-current]').length,
        coloured: !document.querySelector('code.language-rust') || null,
        labs: [...document.querySelectorAll('design-lab, design-worksheet, block-calculator')].filter(el => !customElements.get(el.localName)).map(el => el.localName),
      };
    });
    state.coloured ??= await page.waitForSelector('code .hljs-keyword', { timeout: 10_000 }).then(() => true, () => false);
    for (const [what, ok] of Object.entries({ ...state, labs: state.labs.length === 0, here: state.here === 1 })) check(ok, `${place}, ${name}: ${what} ${JSON.stringify(state[what])}`);
    check(page.complaints.length === 0, `${place}, ${name}: ${page.complaints.join('; ')}`);
    await page.close();
  }
  // Search, and a link of its result.
  const page = await open(browser, base);
  await page.goto(base + names.at(-1), { waitUntil: 'load' });
  await page.click('#search-toggle');
  await page.type('#search-words', 'latency');
  const link = await page.waitForSelector('#search-results a', { timeout: 10_000 }).catch(() => null);
  check(link, `${place}: the search finds nothing`);
  if (link) {
    await Promise.all([page.waitForNavigation({ timeout: 10_000 }).catch(() => {}), link.click()]);
    check(page.url().startsWith(base) && await page.$('#content'), `${place}: a result leads to ${page.url()}`);
  }
  check(page.complaints.length === 0, `${place}, search: ${page.complaints.join('; ')}`);
  await page.close();
}

await withBrowser(async browser => {
  for (const [place, prefix] of [['at the root', '/'], ['below a path', '/sub/path/']]) {
    const server = await serve(dir, { prefix });
    // At the root every other check loads every page: here its home, and one folder of each depth, are enough.
    await visit(browser, server.base, place, prefix === '/' ? name => !name.startsWith('designs/') || name.startsWith('designs/01-') : undefined);
    if (prefix === '/') {
      // Without script: the text is there, and a way to every page.
      const page = await open(browser, server.base);
      await page.setJavaScriptEnabled(false);
      await page.goto(server.base + 'index.html');
      check(await page.$eval('#contents a', el => el.checkVisibility() && el.href.endsWith('toc.html')), 'without script there is no way to the list of pages');
      check(await page.$$eval('button', all => all.every(b => !b.checkVisibility())), 'without script a button shows that can do nothing');
      await page.goto(server.base + 'toc.html');
      check(await page.$$eval('main a[href]', all => all.length) > 0, 'the list of pages is empty');
      await page.close();
    }
    server.close();
  }
  await visit(browser, onDisk(dir), 'from disk');
});
done();
