// node figures.mjs BASE [PAGE…]: every figure of every page at 360 pixels. Each has a title and a description, its texts stand at
// 11 px or more as the browser shows them, none is cut, and what draws data has its table. Labs are opened first, with a map over two knobs.
import { open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const LEAST = 11;
const { check, done } = verdict('figures');
const [base, ...only] = process.argv.slice(2);

/** What is wrong with the figures that show, and how many show. */
const faults = least => {
  const said = [];
  const named = (svg, what) => {
    const id = (svg.getAttribute('aria-labelledby') ?? '').split(' ').find(i => document.getElementById(i)?.localName === what);
    return (document.getElementById(id)?.textContent ?? '').trim();
  };
  const shown = [...document.querySelectorAll('svg.fig')].filter(svg => svg.checkVisibility());
  for (const svg of shown) {
    const title = named(svg, 'title');
    if (svg.getAttribute('role') !== 'img' || title === '') said.push('a figure without a title');
    if (named(svg, 'desc').length < 20) said.push(`“${title}”: no description`);
    const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() !== '');
    if (!texts.length) said.push(`“${title}”: no text`);
    // The size on the screen: what the style says, times what the drawing is shrunk by.
    const sizes = texts.map(t => parseFloat(getComputedStyle(t).fontSize) * (t.getScreenCTM()?.a ?? 0));
    const small = texts.filter((_, i) => sizes[i] < least - 0.05);
    if (small.length) said.push(`“${title}”: ${small.length} texts below ${least} px, “${small[0].textContent}” has ${Math.min(...sizes).toFixed(1)} px`);
    const cut = texts.filter(t => /\S…$/.test(t.textContent.trim())); // “… 2 to 99, alike …” stands for nodes, and is whole
    if (cut.length) said.push(`“${title}”: a name is cut: “${cut[0].textContent}”`);
    // Boxes and arrows are told by their description; what draws numbers has a table as well.
    const data = svg.querySelector('.f-axis, .f-heat, .f-lane, .f-column, .f-bar');
    const table = (svg.closest('.drawing, .lab-map') ?? svg.closest('.lab'))?.querySelector('details table');
    if (data && !table?.querySelector('tbody tr')) said.push(`“${title}”: no data table`);
  }
  return { said: said.join('; '), count: shown.length };
};

await withBook(base, base => withBrowser(async browser => {
  let count = 0;
  for (const name of only.length ? only : await pagesOf(browser, base)) {
    if (name === 'print.html') continue; // paper has its own size
    const page = await open(browser, base, { width: 360 });
    await page.goto(base + name, { waitUntil: 'networkidle0' });
    const lab = await page.$('design-lab');
    if (lab) {
      await page.click('.lab-locked button');
      await page.waitForFunction(() => document.querySelector('design-lab').dataset.state === 'complete', { timeout: 120_000 });
      await page.evaluate(() => { document.querySelector('.lab-map').open = true; });
      await page.waitForFunction(() => document.querySelector('.map-choose select[id$=shown]').options.length > 0);
      await page.click('.map-run button');
      await page.waitForSelector('.map-view svg', { timeout: 120_000 });
    }
    await page.evaluate(async () => {
      document.querySelectorAll('details').forEach(details => { details.open = true; });
      await document.fonts.ready;
    });
    const found = await page.evaluate(faults, LEAST);
    count += found.count;
    check(found.said === '', `${name}: ${found.said}`);
    if (lab) check(found.count > 1, `${name}: its lab shows no figure`);
    await page.close();
  }
  check(count > 0, 'no figure in any page');
  console.log(`${count} figures measured at 360 px`);
}));
done();
