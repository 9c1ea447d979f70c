// node terms.mjs BASE [PAGE]: the glossary's terms in the text, with mouse, keyboard and finger (WCAG 1.4.13), for a screen
// reader, at the edges of a small window, on paper and without script.
import { comes, open, verdict, withBook, withBrowser } from './browser.mjs';

const { check, done } = verdict('terms');
const [base, chosen] = process.argv.slice(2);
const pause = ms => new Promise(yes => setTimeout(yes, ms));
const LONG = 700; // ms: longer than both waits of terms.js

await withBook(base, base => withBrowser(async browser => {
  const name = chosen ?? 'designs/08-coast-to-coast-failover/index.html';
  const start = async (options = {}) => {
    const page = await open(browser, base, options);
    await page.goto(base + name, { waitUntil: 'networkidle0' });
    page.terms = await page.$$('main a.term');
    page.notes = () => page.$$eval('.term-note', all => all.filter(el => el.checkVisibility()).map(el => el.textContent));
    page.count = n => comes(page, n => [...document.querySelectorAll('.term-note')].filter(el => el.checkVisibility()).length === n, n);
    page.box = el => el.evaluate(el => { const { x, y, width, height } = el.getClientRects()[0]; return { x: x + width / 2, y: y + height / 2 }; });
    page.toMiddle = el => el.evaluate(el => el.scrollIntoView({ block: 'center' }));
    return page;
  };

  // What the build wrote: each term once a page, on words that are no heading, link or control, with an address that exists.
  let page = await start();
  const facts = await page.evaluate(() => {
    const terms = [...document.querySelectorAll('main a.term')];
    return {
      targets: terms.map(a => a.href),
      astray: terms.filter(a => a.parentElement.closest('h1, h2, h3, a, code, th, form, design-lab, design-worksheet, block-calculator, .katex')).map(a => a.textContent),
      undefined: terms.filter(a => !a.dataset.definition).map(a => a.textContent),
      underline: terms.every(a => { const s = getComputedStyle(a); return s.textDecorationLine === 'underline' && s.textDecorationStyle === 'dotted' && s.color === getComputedStyle(a.parentElement).color; }),
    };
  });
  check(facts.targets.length > 3, `${name} has ${facts.targets.length} terms`);
  check(new Set(facts.targets).size === facts.targets.length, `a term is marked twice: ${facts.targets.join(' ')}`);
  check(facts.astray.length === 0 && facts.undefined.length === 0, `terms where none belong, or without definition: ${facts.astray} ${facts.undefined}`);
  check(facts.underline, 'a term is louder than dots below the word');

  // For a screen reader: the definition is the link's description, once, also before it shows; and not part of its name.
  const { nodes } = await (await page.createCDPSession()).send('Accessibility.getFullAXTree');
  const [word, definition] = await page.terms[0].evaluate(a => [a.textContent, a.dataset.definition]);
  const link = nodes.find(n => n.role?.value === 'link' && n.name?.value === word && n.description?.value);
  check(link?.description.value === definition, `“${word}” is described as “${link?.description?.value}”`);
  check(nodes.filter(n => n.role?.value === 'StaticText' && n.name?.value === definition).length === 0, 'a definition that does not show is read out with the text');

  // Mouse: shows at rest, stays while the pointer is on it, goes when it has left; Escape takes it away.
  const [first, second] = page.terms;
  await page.toMiddle(first);
  const at = await page.box(first);
  await page.mouse.move(at.x, at.y);
  await page.count(1);
  check((await page.notes()).join() === definition + 'In the glossary' && await page.$eval('.term-note:popover-open a', a => !a.checkVisibility()), `at rest on “${word}” there shows: ${await page.notes()}`);
  const note = await page.$eval('.term-note:popover-open', el => { const r = el.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; }).catch(() => at);
  await page.mouse.move(note.x, note.y, { steps: 8 });
  await pause(LONG);
  check((await page.notes()).length === 1, 'the pointer cannot move onto the definition');
  await page.mouse.move(5, 700);
  check(await page.count(0), 'the definition stays when the pointer has left');
  await page.mouse.move(at.x, at.y);
  check(await page.count(1), 'the definition does not come a second time');
  await page.keyboard.press('Escape');
  check(await page.count(0), 'Escape does not take the definition away from the pointer');
  await page.mouse.move(5, 700);

  // Keyboard: shows with the focus, stays, goes with it; Escape keeps the focus; Enter goes to the glossary.
  await first.focus();
  check(await page.count(1), 'the focus does not show the definition');
  await pause(LONG);
  check((await page.notes()).length === 1, 'the definition goes while the focus is on its word');
  await page.keyboard.press('Escape');
  check(await page.count(0) && await first.evaluate(el => el === document.activeElement), 'Escape does not take the definition away, or moves the focus');
  await second.focus();
  await pause(LONG);
  check(await page.count(1), 'after another word has the focus, its definition alone should show');
  await page.keyboard.press('Tab');
  check(!await page.evaluate(() => document.activeElement.closest('.term-note')), 'Tab stops inside a definition');
  const target = await first.evaluate(el => el.href);
  await first.focus();
  await Promise.all([page.waitForNavigation({ timeout: 10_000 }).catch(() => {}), page.keyboard.press('Enter')]);
  check(page.url() === target && await page.$eval(':target', el => /^H3$/.test(el.tagName)), `Enter on a term leads to ${page.url()}`);
  check(page.complaints.length === 0, page.complaints.join('; '));
  await page.close();

  // Finger, on small windows: the first tap shows it with a way on, inside the window; a tap elsewhere takes it away.
  for (const width of [320, 768]) {
    page = await start({ width });
    await page.setViewport({ width, height: 600, hasTouch: true, isMobile: true });
    await page.reload({ waitUntil: 'networkidle0' });
    page.terms = await page.$$('main a.term');
    for (const term of page.terms) {
      await page.keyboard.press('Escape'); // the definition before may lie over this word
      await page.count(0);
      await page.toMiddle(term);
      await term.tap();
      await page.count(1);
      const shown = await page.$$eval('.term-note', all => all.filter(el => el.checkVisibility()).map(el => {
        const r = el.getBoundingClientRect();
        const word = el.previousElementSibling.getBoundingClientRect();
        const a = el.querySelector('a');
        return { sheet: innerWidth > 640 || (r.left === 0 && r.width === innerWidth && (r.bottom === innerHeight || r.top < 80)), inside: r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight, clear: (innerWidth > 640 ? r.top >= word.bottom : r.top >= word.bottom + word.height / 2) || r.bottom <= word.top, on: a.checkVisibility() && a.href === el.previousElementSibling.href };
      }));
      check(page.url() === base + name && shown.length === 1 && shown[0].inside && shown[0].sheet && shown[0].clear && shown[0].on, `${width} px: a tap on “${await term.evaluate(a => a.textContent)}” gives ${JSON.stringify(shown)} at ${page.url()}`);
    }
    await page.touchscreen.tap(width - 4, 300);
    check(await page.count(0), `${width} px: a tap elsewhere does not take the definition away`);
    check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px: a definition makes the page scroll sideways`);
    await page.toMiddle(page.terms[0]);
    await page.terms[0].tap();
    await page.count(1);
    await Promise.all([page.waitForNavigation({ timeout: 10_000 }).catch(() => {}), page.tap('.term-note:popover-open a')]);
    check(page.url() === target, `${width} px: the way on leads to ${page.url()}`);
    await page.close();
  }

  // On paper nothing but the word; without script a quiet link.
  page = await start();
  await (await page.$('main a.term')).focus();
  await page.emulateMediaType('print');
  check((await page.notes()).length === 0 && await page.$$eval('main a.term', all => all.every(a => getComputedStyle(a).textDecorationLine === 'none')), 'on paper a term is more than its word');
  await page.close();
  page = await open(browser, base);
  await page.setJavaScriptEnabled(false);
  await page.goto(base + name);
  check(await page.$$eval('main a.term', all => all.length > 3 && all.every(a => a.href.includes('glossary.html#'))) && await page.$('.term-note') === null, 'without script a term is no link to the glossary');
  await page.close();
}));
done();
