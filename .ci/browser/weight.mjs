// node weight.mjs BASE: what each page weighs on the wire the first time, without the labs' scripts: at most 250 KB compressed.
// Prints how soon a page can be used when it comes from the cache; a busy machine must not turn that red.
import { gzipSync } from 'node:zlib';
import { open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const LIMIT = 250 * 1024;
const PACKED = /\.(woff2|png|gz)$/;
const { check, done } = verdict('weight');

await withBook(process.argv[2], base => withBrowser(async browser => {
  const soon = [];
  let heaviest = [0, ''];
  // print.html is the whole book, made to be printed.
  for (const name of (await pagesOf(browser, base)).filter(name => name !== 'print.html')) {
    const page = await open(browser, base);
    await page.setCacheEnabled(false);
    const parts = [];
    const weigh = response => parts.push((async () => {
      const path = new URL(response.url()).pathname;
      if (!response.ok() || !response.url().startsWith(base) || path.includes('/assets/labs/')) return 0;
      const body = await response.buffer();
      return PACKED.test(path) ? body.length : gzipSync(body, { level: 6 }).length;
    })());
    page.on('response', weigh);
    await page.goto(base + name, { waitUntil: 'networkidle0' });
    page.off('response', weigh);
    const bytes = (await Promise.all(parts)).reduce((a, b) => a + b, 0);
    check(bytes > 1000 && bytes <= LIMIT, `${name} weighs ${bytes} bytes compressed; at most ${LIMIT} are allowed`);
    if (bytes > heaviest[0]) heaviest = [bytes, name];
    await page.setCacheEnabled(true);
    await page.reload({ waitUntil: 'load' });
    await page.reload({ waitUntil: 'load' });
    soon.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd));
    await page.close();
  }
  soon.sort((a, b) => a - b);
  const at = q => Math.round(soon[Math.min(soon.length - 1, Math.floor(q * soon.length))]);
  console.log(`heaviest: ${heaviest[1]}, ${heaviest[0]} bytes compressed; from the cache usable after ${at(0.5)} ms (median), ${at(0.95)} ms (p95)`);
}));
done();
