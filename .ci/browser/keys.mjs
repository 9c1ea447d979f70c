// node keys.mjs BASE [PAGE]: what a reader does with the keyboard alone, on one page of a design.
import { comes, open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const { check, done } = verdict('keys');
const [base, chosen] = process.argv.slice(2);
const pause = ms => new Promise(yes => setTimeout(yes, ms));

await withBook(base, base => withBrowser(async browser => {
  const names = await pagesOf(browser, base);
  const name = chosen ?? names.find(n => /^designs\/.+index\.html$/.test(n)) ?? names[0];
  const start = async (options = {}) => {
    const page = await open(browser, base, options);
    await page.goto(base + name, { waitUntil: 'networkidle0' });
    page.has = selector => page.$eval(selector, el => el === document.activeElement || el.contains(document.activeElement));
    // The same, when it follows from a key: it may take a moment.
    page.gets = selector => comes(page, s => { const el = document.querySelector(s); return el === document.activeElement || el.contains(document.activeElement); }, selector);
    page.turns = (selector, shown) => comes(page, (s, is) => document.querySelector(s).checkVisibility() === is, selector, shown);
    page.shown = selector => page.$eval(selector, el => el.checkVisibility());
    page.attr = (selector, attribute) => page.$eval(selector, (el, a) => el.getAttribute(a), attribute);
    page.press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    page.tabTo = async selector => {
      for (let i = 0; i < 40; i++) {
        await page.press('Tab');
        if (await page.has(selector)) return true;
      }
      return false;
    };
    return page;
  };

  // Skip link.
  let page = await start();
  await page.press('Tab');
  check(await page.gets('.skip'), 'the first Tab does not reach the skip link');
  await page.press('Enter');
  check(await page.gets('#content'), 'the skip link does not move the focus to the text');
  check(page.url().split('#')[0] === base + name, 'the skip link leaves the page');
  await page.close();

  // Contents, beside the text and over it.
  for (const width of [1400, 360]) {
    page = await start({ width });
    check(await page.tabTo('#contents-toggle'), `${width} px: Tab does not reach the contents button`);
    const before = await page.shown('#contents');
    check(before === (width === 1400), `${width} px: the contents ${before ? 'stand open' : 'are closed'} at the start`);
    await page.press('Enter');
    check(await page.turns('#contents', !before), `${width} px: Enter on the contents button does nothing`);
    check(await page.attr('#contents-toggle', 'aria-expanded') === String(!before), `${width} px: aria-expanded is wrong`);
    if (width === 360) {
      check(await page.gets('#contents'), '360 px: opening the contents does not move the focus into them');
      await page.press('Escape');
      check(await page.turns('#contents', false) && await page.gets('#contents-toggle'), '360 px: Escape does not close the contents and return');
    }
    await page.close();
  }

  // Keys that must do nothing (WCAG 2.1.4), on the page, on a button and on a slider inside a shadow root.
  for (const [where, focus] of [
    ['the page', () => document.activeElement?.blur()],
    ['a button', () => document.getElementById('theme-toggle').focus()],
    ['a slider in a shadow root', () => {
      const host = document.body.appendChild(document.createElement('div'));
      host.attachShadow({ mode: 'open' }).innerHTML = '<input type="range" aria-label="x" value="50">';
      host.shadowRoot.querySelector('input').focus();
    }],
  ]) {
    page = await start();
    await page.evaluate(focus);
    for (const key of ['ArrowRight', 'ArrowLeft', 's', '/', '?', 'h']) {
      await page.press(key);
      await pause(60);
      check(page.url() === base + name, `${key} on ${where} leaves the page`);
      check(!await page.shown('#search'), `${key} on ${where} opens the search`);
    }
    await page.close();
  }

  // Search.
  page = await start();
  check(await page.tabTo('#search-toggle'), 'Tab does not reach the search button');
  await page.press('Enter');
  check(await page.gets('#search-words'), 'Enter on the search button does not open the search');
  await page.keyboard.type('latency');
  await page.waitForFunction(() => /found|Nothing/.test(document.getElementById('search-count').textContent), { timeout: 10_000 }).catch(() => {});
  const found = await page.$$eval('#search-results a', links => links.length);
  check(found > 0 && new RegExp(`^${found}\\b`).test(await page.$eval('#search-count', el => el.textContent)), `the search for “latency” shows ${found} results and announces “${await page.$eval('#search-count', el => el.textContent)}”`);
  await page.press('ArrowDown');
  check(await page.gets('#search-results'), 'arrow down does not go to the first result');
  await page.press('ArrowUp');
  check(await page.gets('#search-words'), 'arrow up does not return to the field');
  await page.press('Escape');
  check(await page.turns('#search', false) && await page.gets('#search-toggle'), 'Escape does not close the search and return');
  await page.press('Enter');
  check(await page.turns('#search', true), 'the search does not open again');
  await Promise.all([page.waitForNavigation({ timeout: 10_000 }).catch(() => {}), page.press('Enter')]);
  check(page.url() !== base + name, 'Enter in the search field does not open the first result');
  check(page.complaints.length === 0, `search: ${page.complaints.join('; ')}`);
  await page.close();

  // Theme: kept over a reload; one that is not ours is forgotten.
  page = await start();
  const theme = () => page.$eval('html', el => ['light', 'navy'].filter(c => el.classList.contains(c)).join());
  const first = await theme();
  check(await page.tabTo('#theme-toggle'), 'Tab does not reach the theme button');
  await page.press('Space');
  await comes(page, first => !document.documentElement.classList.contains(first), first);
  const second = await theme();
  check(first !== second && (await page.attr('#theme-toggle', 'aria-pressed')) === String(second === 'navy'), `the theme button goes from ${first} to ${second}`);
  await page.reload({ waitUntil: 'networkidle0' });
  check(await theme() === second, 'the theme is lost on reload');
  await page.evaluate(() => localStorage.setItem('dsr.theme', 'coal'));
  await page.reload({ waitUntil: 'networkidle0' });
  check(await theme() === first && await page.evaluate(() => localStorage.getItem('dsr.theme')) === null, 'a stored theme that is not ours is kept');
  await page.evaluate(() => localStorage.clear());
  await page.close();

  // A walk with Tab through the whole page: no trap, and every stop can be seen.
  for (const width of [1400, 360]) {
    page = await start({ width });
    const stops = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(el => el.checkVisibility() && !el.disabled).length);
    const seen = [];
    for (let i = 0; i < stops + 5; i++) {
      await page.press('Tab');
      const at = await page.evaluate(() => {
        let el = document.activeElement;
        while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement;
        if (!el || el === document.body) return null;
        window.stops ??= new Map();
        if (!window.stops.has(el)) window.stops.set(el, window.stops.size);
        const box = el.getBoundingClientRect();
        const style = getComputedStyle(el);
        const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
        return {
          id: window.stops.get(el),
          name: `<${el.localName} ${el.id || el.className || ''}> “${el.textContent.trim().slice(0, 30)}”`,
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          onScreen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
          covered: !el.closest('.bar, .contents, .search, .skip') && box.bottom <= bar,
        };
      });
      if (!at) break; // left the page for the browser's own controls
      if (seen.some(s => s.id === at.id)) break;
      seen.push(at);
    }
    check(seen.length >= stops - 2, `${width} px: Tab reaches ${seen.length} of ${stops} stops, the last is ${seen.at(-1)?.name}`);
    for (const stop of seen) check(stop.ring && stop.onScreen && !stop.covered, `${width} px: ${stop.name} has the focus and ${!stop.ring ? 'no ring' : stop.covered ? 'lies under the header' : 'is not on the screen'}`);
    await page.close();
  }

  // Reading marks: set when the end has been seen.
  page = await start();
  await page.evaluate(() => localStorage.removeItem('dsr.read'));
  await page.reload({ waitUntil: 'networkidle0' });
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForSelector('[aria-current] .mark', { timeout: 10_000 }).catch(() => {});
  check(await comes(page, () => JSON.parse(localStorage.getItem('dsr.read'))?.pages.length === 1), 'a page read to its end is not marked');
  await page.goto(base + 'index.html', { waitUntil: 'networkidle0' });
  check(await page.$eval('.resume a', a => a.href).catch(() => '') === base + name, 'the home page does not lead to where the reader stopped');
  for (const damage of ['{', 'null', '{"schema":1,"pages":7}', '{"schema":9}']) {
    await page.evaluate(text => localStorage.setItem('dsr.read', text), damage);
    await page.reload({ waitUntil: 'networkidle0' });
  }
  check(page.complaints.length === 0, `with damaged reading marks: ${page.complaints.join('; ')}`);
  await page.close();

  // Storage blocked: the page works, nothing is remembered.
  page = await start({ script: () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } }) });
  await page.focus('#theme-toggle');
  await page.press('Enter');
  check(page.complaints.length === 0, `with storage blocked: ${page.complaints.join('; ')}`);
  check(await page.shown('#contents'), 'with storage blocked the contents do not show');
  await page.close();
}));
done();
