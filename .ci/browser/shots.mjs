// node shots.mjs BASE OUTDIR PAGE…: pictures of pages, light and dark, 1400 and 360 pixels wide, and as printed on A4.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { open, withBook, withBrowser } from './browser.mjs';

const [base, out, ...names] = process.argv.slice(2);
if (!out || !names.length) {
  console.error('usage: node shots.mjs BASE OUTDIR PAGE…   (PAGE may end in #fragment; --open opens every <details>)');
  process.exit(2);
}
const opened = names.includes('--open');
await mkdir(out, { recursive: true });
await withBook(base, base => withBrowser(async browser => {
  for (const name of names.filter(n => n !== '--open')) {
    const file = name.replace(/\.html/, '').replace(/[^\w-]+/g, '-');
    for (const theme of ['light', 'navy']) {
      for (const width of [1400, 360]) {
        const page = await open(browser, base, { width, store: { 'dsr.theme': theme } });
        await page.goto(base + name, { waitUntil: 'networkidle0' });
        if (opened) await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(out, `${file}-${theme}-${width}.png`), fullPage: true });
        await page.close();
      }
    }
    const page = await open(browser, base);
    await page.goto(base + name, { waitUntil: 'networkidle0' });
    const pdf = await page.pdf({ path: join(out, `${file}.pdf`), preferCSSPageSize: true, printBackground: false });
    // The same as a picture: what stands between the margins of A4, at 96 pixels an inch.
    await page.emulateMediaType('print');
    await page.setViewport({ width: 665, height: 1005 });
    await page.screenshot({ path: join(out, `${file}-paper.png`), fullPage: true });
    await page.close();
    const sheets = Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
    console.log(`${file}: ${sheets} sheets of A4`);
  }
}));
