// node firefox.mjs BASE: the same book in Firefox ($FIREFOX or firefox-esr): every page without a complaint, a lab that runs, a
// worksheet that is kept, a calculator, the glossary's notes and the wall. Skipped, and said so, where there is no Firefox.
import puppeteer from 'puppeteer-core';
import { execFileSync } from 'node:child_process';
import { verdict, withBook } from './browser.mjs';

const name = process.env.FIREFOX || 'firefox-esr';
let executablePath;
try {
  executablePath = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
} catch {
  console.log(`firefox: skipped, there is no ${name} here`);
  process.exit(0);
}
const { check, eventually, done } = verdict('firefox');

await withBook(process.argv[2], async base => {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  try {
    console.log(await browser.version());
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', error => /^Invalid markup: Incorrect number of children/.test(error.message) || complaints.push(`error: ${error.message}`));
    page.on('console', message => ['error', 'warn'].includes(message.type()) && complaints.push(`console: ${message.text()}`));
    page.on('response', response => (response.status() >= 400 || !response.url().startsWith(base)) && /^http/.test(response.url()) && !response.url().endsWith('/favicon.ico') && complaints.push(`${response.status()} ${response.url()}`));
    const go = async path => {
      await page.goto(base + path, { waitUntil: 'load' });
      await page.evaluate(() => document.fonts.ready.then(() => 1));
    };
    // Firefox lays a page out while it still arrives, and then complains of a formula whose second child is on its way. What it says
    // is taken from the whole page instead: how many children each element of MathML has.
    const CHILDREN = { mfrac: 2, mroot: 2, msub: 2, msup: 2, munder: 2, mover: 2, msubsup: 3, munderover: 3 };
    const misshapen = () => page.evaluate(children => Object.entries(children).flatMap(([name, n]) => [...document.querySelectorAll(`math ${name}`)].filter(el => el.childElementCount !== n).map(el => `<${name}> with ${el.childElementCount} children: ${el.textContent.slice(0, 40)}`)), CHILDREN);
    const clean = what => check(complaints.length === 0, `${what}: ${complaints.splice(0).join('; ')}`);

    await go('toc.html');
    const pages = await page.$$eval('a[href]', links => [...new Set(links.map(a => a.href.split('#')[0]))]);
    for (const url of pages.filter(url => url.startsWith(base))) {
      await go(url.slice(base.length));
      check(await page.evaluate(() => document.querySelectorAll('h1').length === 1 && document.documentElement.classList.contains('js')), `${url}: one heading, and a script that runs`);
      const faults = await misshapen();
      check(!faults.length, `${url}: ${faults.join('; ')}`);
      clean(url);
    }

    // A worksheet: filled, committed, kept over a reload; then the lab runs.
    const evaluate = pages.find(url => /designs\/.*\/evaluate\.html$/.test(url)).slice(base.length);
    await go(evaluate);
    await page.evaluate(() => {
      for (const input of document.querySelectorAll('.worksheet .interval input')) {
        input.value = input.name.endsWith('low') ? '10' : '20';
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
      [...document.querySelectorAll('design-worksheet button')].find(b => /^Commit/.test(b.textContent)).click();
    });
    await go(evaluate);
    await eventually(page, () => document.querySelector('design-worksheet').classList.contains('is-committed'), 'the commit is kept over a reload');
    await page.evaluate(() => document.querySelector('design-lab').scrollIntoView());
    const complete = await page.waitForFunction(() => document.querySelector('design-lab').dataset.state === 'complete', { timeout: 120000 }).then(() => true, () => false);
    check(complete && await page.evaluate(() => document.querySelectorAll('design-lab svg').length > 0 && document.querySelector('.lab-summary').textContent.length > 40), 'the lab runs to its end, draws and speaks');
    clean('worksheet and lab');

    await go('blocks/queues-and-tails.html');
    await page.evaluate(() => document.querySelector('block-calculator').scrollIntoView());
    const counted = await page.waitForFunction(() => document.querySelector('block-calculator output')?.textContent.trim(), { timeout: 60000 }).then(() => true, () => false);
    check(counted, 'a calculator gives a result');
    await page.focus('a.term');
    await eventually(page, () => document.querySelector('a.term + .term-note')?.matches(':popover-open') ?? false, 'a focused term shows its definition');
    clean('calculator and terms');

    await go(evaluate.replace('evaluate', 'discuss'));
    await page.evaluate(() => [...document.querySelectorAll('.prompt button')].find(b => b.textContent.startsWith('Show large')).click());
    await eventually(page, () => document.querySelector('dialog[open]') !== null, 'a prompt is shown large');
    await page.keyboard.press('Escape');
    await eventually(page, () => document.querySelector('dialog[open]') === null, 'Escape closes it');
    clean('the wall');
  } finally {
    await browser.close();
  }
});
done();
