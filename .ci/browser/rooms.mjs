// node rooms.mjs DIR: what a room needs. Prompts on the wall (size, keys, focus, clock), the notes in a second window, from a
// server and from disk, also when the browser refuses it; and worksheets, hand-outs, cards and forms on paper.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { onDisk, open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { check, done } = verdict('rooms');
const dir = process.argv[2];
if (!dir) throw new Error('usage: node rooms.mjs DIR');

// A clock that a check can push on, in every window.
const fakeClock = () => {
  const real = performance.now.bind(performance);
  window.skew = 0;
  performance.now = () => real() + window.skew;
};
const pause = ms => new Promise(yes => setTimeout(yes, ms));

async function start(browser, base, name, options = {}) {
  const page = await open(browser, base, { script: fakeClock, ...options });
  await page.goto(base + name, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready);
  page.text = selector => page.$eval(selector, el => el.textContent.trim());
  page.comes = (what, ...values) => page.waitForFunction(what, { timeout: 10_000, polling: 50 }, ...values).then(() => true, () => false);
  page.press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  page.pass = seconds => page.evaluate(s => { window.skew += s * 1000; }, seconds);
  page.showLarge = async i => {
    await page.evaluate(i => document.querySelectorAll('.prompt .prompt-tools button')[i].focus(), i);
    await page.press('Enter');
    return page.comes(() => document.querySelector('.wall').open);
  };
  page.isOpen = () => page.$eval('.wall', el => el.open);
  return page;
}
const shows = (page, title) => page.comes(title => document.getElementById('wall-title')?.textContent === title, title);
const titles = page => page.$$eval('.prompt', all => all.map(el => el.querySelector('h2, h3').textContent));

async function largest(browser, base, name) {
  for (const [width, height, theme] of [[1280, 720, 'light'], [1920, 1080, 'navy'], [1024, 768, 'light']]) {
    const page = await start(browser, base, name, { width, height, store: { 'dsr.theme': theme } });
    const all = await titles(page);
    check(await page.showLarge(0), `${name}: “Show large” does not open the wall`);
    for (const [i, title] of all.entries()) {
      if (i) await page.press(i % 2 ? 'ArrowRight' : 'PageDown');
      check(await shows(page, title), `${name}: after ${i} steps the wall does not show “${title}”`);
      const seen = await page.evaluate(() => {
        const area = document.querySelector('.wall-area');
        const inside = [...document.querySelectorAll('.wall-stage > :not(.sr), .wall-text > *')].filter(el => el.checkVisibility()).every(el => {
          const box = el.getBoundingClientRect();
          return box.top >= 0 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
        });
        const size = Math.min(...[...area.querySelectorAll('p:not(.tension), em')].map(el => parseFloat(getComputedStyle(el).fontSize)));
        return { inside, size, over: area.scrollHeight > area.clientHeight || area.scrollWidth > area.clientWidth };
      });
      // A line for every thirty pixels of the wall is what the last row of a room of ten metres reads.
      check(seen.inside && !seen.over && seen.size >= height / 30, `${name}, ${width}×${height}, “${title}”: ${seen.inside && !seen.over ? `type of ${seen.size} px` : 'it does not fit'}`);
    }
    check(page.complaints.length === 0, `${name} on the wall: ${page.complaints.join('; ')}`);
    await page.close();
  }
}

async function keys(browser, base, name) {
  for (const screen of ['allowed', 'refused', 'unknown']) {
    const page = await start(browser, base, name);
    await page.evaluate(screen => {
      if (screen === 'refused') Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('no'));
      if (screen === 'unknown') Element.prototype.requestFullscreen = undefined;
    }, screen);
    const all = await titles(page);
    await page.showLarge(1);
    check(await shows(page, all[1]), `${screen}: “Show large” shows another prompt`);
    check(/^Prompt 2 of \d+$/.test(await page.text('#wall-number')), `${screen}: the number is “${await page.text('#wall-number')}”`);
    await page.press('ArrowLeft');
    check(await shows(page, all[0]), `${screen}: arrow left does not go back`);
    await page.press('ArrowLeft', 'PageUp');
    check(await shows(page, all[0]) && await page.isOpen(), `${screen}: the first prompt has one before it`);
    for (let i = 0; i < all.length + 1; i++) await page.press('PageDown');
    check(await shows(page, all.at(-1)), `${screen}: the last prompt has one behind it`);
    await page.press('PageUp');
    check(await shows(page, all.at(-2)), `${screen}: Page Up does not go back`);
    for (const [key, state] of [['s', 'running'], ['s', 'paused'], ['r', 'ready']]) {
      await page.press(key);
      check(await page.comes(state => document.querySelector('.wall-clock').dataset.state === state, state), `${screen}: after the key ${key} the clock is not ${state}`);
    }
    const listed = await page.$$eval('.wall-keys kbd', all => all.map(el => el.textContent).join(' '));
    check(listed === '→ Page Down ← Page Up S R + N Esc', `${screen}: the keys listed are ${listed}`);
    const stops = new Set();
    for (let i = 0; i < 20; i++) {
      await page.press('Tab');
      const at = await page.evaluate(() => (document.querySelector('.wall').contains(document.activeElement) ? document.activeElement.textContent : null));
      check(at !== null, `${screen}: Tab leaves the wall`);
      stops.add(at);
    }
    check(stops.size === 10, `${screen}: Tab reaches ${stops.size} of the wall’s 10 buttons`);
    await page.press('Escape');
    check(await page.comes(() => !document.querySelector('.wall').open), `${screen}: Escape does not close the wall`);
    check(await page.comes(() => document.activeElement === document.querySelectorAll('.prompt .prompt-tools button')[1]), `${screen}: the focus does not return to the button that opened the wall`);
    check(await page.comes(() => !document.fullscreenElement), `${screen}: the screen stays full`);
    await page.press('ArrowRight', 's', 'n');
    check(!await page.isOpen() && page.url() === base + name && await page.$eval('.wall-clock', el => el.dataset.state) === 'ready', `${screen}: a key of the wall works on the page`);
    check(page.complaints.length === 0, `${screen}: ${page.complaints.join('; ')}`);
    await page.close();
  }
}

async function clock(browser, base, name) {
  const page = await start(browser, base, name);
  const minutes = await page.$eval('.room', el => Number(el.dataset.prompt) / 60);
  await page.showLarge(0);
  await page.evaluate(() => {
    window.spoken = [];
    new MutationObserver(() => window.spoken.push(document.querySelector('.wall .sr[role=status]').textContent)).observe(document.querySelector('.wall .sr[role=status]'), { childList: true, characterData: true, subtree: true });
  });
  const reads = text => page.comes(text => document.querySelector('.wall .digits').textContent === text, text);
  const spoken = () => page.evaluate(() => window.spoken.join('|'));
  check(minutes > 0 && await reads(`${minutes}:00`), `the clock does not begin with the page’s ${minutes} minutes for a prompt`);
  await page.press('Space');
  await page.pass(30);
  check(await reads(`${minutes - 1}:30`) || await reads(`${minutes - 1}:29`), `30 seconds after Start the clock reads ${await page.text('.wall .digits')}`);
  await page.press('s');
  const paused = await page.text('.wall .digits');
  await page.pass(100);
  await pause(450);
  check(await page.text('.wall .digits') === paused, 'a paused clock goes on');
  await page.press('+');
  check(await page.comes(minutes => document.querySelector('.wall .digits').textContent.split(':')[0] === minutes, String(Number(paused.split(':')[0]) + 1)), 'the key + does not add a minute');
  await page.press('s');
  await page.pass(minutes * 60 - 30);
  check(await reads('1:00') || await reads('0:59'), `a minute before the end the clock reads ${await page.text('.wall .digits')}`);
  check(await page.comes(() => window.spoken.length === 1), 'a minute before the end something else than one sentence is said');
  check(await spoken() === 'One minute left.', `a minute before the end it says “${await spoken()}”`);
  await page.pass(70);
  check(await reads('0:00') && await page.comes(() => document.querySelector('.wall-clock .state').textContent === 'Time is up'), 'at zero it does not say so');
  const shape = await page.evaluate(() => ({ mark: getComputedStyle(document.querySelector('.wall-clock .state'), '::before').content, line: getComputedStyle(document.querySelector('.wall-clock')).borderTopStyle, sounds: document.querySelectorAll('audio, video').length, moves: document.getAnimations().length }));
  check(/■/.test(shape.mark) && shape.line === 'solid' && !shape.sounds && !shape.moves, `at zero: ${JSON.stringify(shape)}`);
  await pause(450);
  check(await spoken() === 'One minute left.|Time is up.', `in all it says “${await spoken()}”`);
  await page.press('=');
  check(await page.comes(() => document.querySelector('.wall-clock').dataset.state === 'running'), 'a minute given at zero does not run');
  await page.press('r');
  check(await reads(`${minutes}:00`), 'Reset does not go back to the beginning');
  // What the clock counts is what the page says, and whoever leads the room chooses.
  const said = await page.text('.room');
  for (const [what, words] of [['report', seconds => `${seconds} s for each report`], ['all', seconds => `${seconds / 60} min for all of it`], ['prompt', seconds => `${seconds / 60} min for a prompt`]]) {
    const seconds = await page.$eval('.room', (el, what) => Number(el.dataset[what]), what);
    await page.evaluate(what => document.querySelector(`.wall .lengths button[value=${what}]`).click(), what);
    check(said.includes(words(seconds)) && await reads(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`), `the clock for ${what} is not the page’s: “${said}”`);
    check(await page.$$eval('.wall .lengths [aria-pressed=true]', (all, what) => all.length === 1 && all[0].value === what, what), `it does not show that ${what} is counted`);
  }
  await page.close();
}

async function second(browser, base, name, place) {
  const page = await start(browser, base, name);
  const all = await titles(page);
  const opened = new Promise(yes => page.once('popup', yes));
  await page.click('.room + .prompt-tools button');
  const notes = await Promise.race([opened, pause(5000)]);
  check(notes, `${place}: no second window opens`);
  if (!notes) return;
  const faults = [];
  notes.on('pageerror', error => faults.push(error.message));
  const says = (selector, text) => notes.waitForFunction((s, t) => document.querySelector(s)?.checkVisibility() && document.querySelector(s).textContent.includes(t), { timeout: 8000, polling: 100 }, selector, text).then(() => true, () => false);
  const push = word => notes.evaluate(word => [...document.querySelectorAll('.bar-tools button')].find(b => b.textContent === word).click(), word);
  check(await says('.bar-now', 'nothing'), `${place}: the notes do not say that the wall is empty`);
  check(await says('.bar-now', 'Press “Next”') && await notes.$$eval('.bar-tools > button', all => all.filter(b => b.getAttribute('aria-disabled') !== 'true').map(b => b.textContent).join()) === 'Next', `${place}: with an empty wall the notes do not say what to do, or a button seems to work that does not`);
  check(await says('.bar-next', all[0]), `${place}: the notes do not say which prompt is first`);
  await page.bringToFront();
  await page.showLarge(1);
  check(await says('.bar-now', `Prompt 2 of`) && await says('.bar-now', all[1]), `${place}: the notes do not show what is on the wall`);
  check(await says('.bar-next', all[2]), `${place}: the notes do not show what is next`);
  await page.press('PageDown');
  check(await says('.bar-now', all[2]), `${place}: the notes do not follow the wall`);
  await push('Next');
  check(await shows(page, all[3]) && await says('.bar-now', all[3]), `${place}: “Next” in the notes does not move the wall`);
  await push('Previous');
  check(await shows(page, all[2]), `${place}: “Previous” in the notes does not move the wall`);
  await push('Start');
  check(await page.comes(() => document.querySelector('.wall-clock').dataset.state === 'running') && await says('.room-bar .state', 'running'), `${place}: the clock does not start from the notes`);
  await page.pass(65);
  await page.comes(() => !/:00$/.test(document.querySelector('.wall .digits').textContent));
  const [here, there] = [await page.text('.wall .digits'), await notes.$eval('.room-bar .digits', el => el.textContent)];
  const at = text => text.split(':').reduce((m, s) => Number(m) * 60 + Number(s));
  check(Math.abs(at(here) - at(there)) <= 1, `${place}: the wall’s clock reads ${here}, the notes’ ${there}`);
  await push('Pause');
  check(await page.comes(() => document.querySelector('.wall-clock').dataset.state === 'paused'), `${place}: the clock does not pause from the notes`);
  await notes.evaluate(axe);
  const { violations } = await notes.evaluate(() => axe.run('.room-bar', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
  check(violations.length === 0, `${place}: the bar: ${violations.map(v => v.id).join()}`);
  // A stranger's message moves nothing.
  await page.evaluate(() => dispatchEvent(new MessageEvent('message', { origin: 'https://example.org', data: { dsr: 'room', schema: 1, say: 'do', design: document.querySelector('.room').dataset.design, what: 'next' } })));
  check(await page.text('#wall-title') === all[2], `${place}: a message from elsewhere moves the wall`);
  await page.reload({ waitUntil: 'load' });
  check(await says('.bar-now', 'nothing'), `${place}: after a reload of the discuss page the notes are out of step`);
  await push('Next');
  check(await shows(page, all[0]), `${place}: after a reload “Next” does not show the first prompt`);
  check(page.complaints.length === 0 && faults.length === 0, `${place}: ${[...page.complaints, ...faults].join('; ')}`);
  await page.close();
  check(await says('.bar-apart', 'was closed'), `${place}: the notes do not say that the discuss page was closed`);
  check(await notes.$eval('.bar-live', el => !el.checkVisibility()), `${place}: buttons remain that move nothing`);
  await notes.close();
}

async function blocked(browser, base, name) {
  for (const where of ['page', 'wall']) {
    const page = await start(browser, base, name);
    await page.evaluate(() => { window.open = () => null; });
    if (where === 'wall') {
      await page.showLarge(0);
      await page.press('n');
    } else {
      await page.click('.room + .prompt-tools button');
    }
    await page.comes(s => document.querySelector(s)?.checkVisibility(), where === 'wall' ? '.wall-message' : '.room-blocked');
    const link = await page.$eval(where === 'wall' ? '.wall-message' : '.room-blocked', el => el.checkVisibility() && el.querySelector('a')?.href).catch(() => null);
    check(link === new URL('facilitate.html', base + name).href, `a refused window, ${where}: no link to the notes, but ${link}`);
    if (where === 'wall') check(await page.$eval('.wall-area', el => el.scrollHeight <= el.clientHeight), 'with the message the prompt no longer fits');
    await page.close();
  }
  // Notes that stand alone have no bar; named like ours without a discuss page, they say so.
  const alone = await start(browser, base, name.replace('discuss', 'facilitate'));
  check(await alone.$('.room-bar') === null, 'notes that a reader opened have a bar');
  await alone.evaluate(design => { window.name = `dsr-notes-${design}`; }, /designs\/(\d+)/.exec(name)[1]);
  await alone.reload({ waitUntil: 'load' });
  check(await alone.comes(() => /just the notes/.test(document.querySelector('.bar-apart')?.textContent)), 'notes without a discuss page do not say so');
  await alone.close();
}

async function looks(browser, base, name) {
  for (const theme of ['light', 'navy']) {
    for (const width of [1280, 320]) {
      const page = await start(browser, base, name, { width, height: 720, store: { 'dsr.theme': theme } });
      await page.evaluate(axe);
      await page.showLarge(3);
      const { violations } = await page.evaluate(() => axe.run('.wall', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      check(violations.length === 0, `the wall, ${theme}, ${width} px: ${violations.map(v => `${v.id} ${v.nodes[0].target}`).join('; ')}`);
      const wide = await page.$eval('.wall-stage', el => el.scrollWidth - innerWidth);
      check(wide <= 0, `the wall, ${width} px: ${wide} px too wide`);
      await page.close();
    }
  }
  // Keys are listed where there is a keyboard, and not for a finger.
  const touch = await start(browser, base, name);
  await touch.setViewport({ width: 360, height: 740, hasTouch: true, isMobile: true });
  await touch.reload({ waitUntil: 'load' });
  await touch.showLarge(0);
  check(await touch.$eval('.wall-keys', el => !el.checkVisibility()) && await touch.$eval('.wall-tools button', el => el.checkVisibility()), 'on a phone the wall lists keys, or has no buttons');
  await touch.close();
  const plain = await open(browser, base);
  await plain.setJavaScriptEnabled(false);
  await plain.goto(base + name);
  check(await plain.$$eval('.prompt .asked', all => all.length) >= 5 && await plain.$$eval('.prompt-tools', all => all.length) === 0, 'without script prompts are missing, or buttons are there');
  check(await plain.$eval('.room a', el => el.checkVisibility()), 'without script there is no way to the notes');
  await plain.close();
}

const sheets = pdf => Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;

async function paper(browser, base, name) {
  const page = await start(browser, base, name);
  const print = () => page.pdf({ preferCSSPageSize: true, printBackground: false });
  await page.evaluate(() => {
    window.print = () => { window.printed = document.documentElement.className; };
    [...document.querySelectorAll('.sheet-actions button')].find(b => b.textContent === 'Print this form').click();
  });
  check(/print-sheet/.test(await page.evaluate(() => window.printed)), `${name}: “Print this form” does not single the form out`);
  check(sheets(await print()) === 2, `${name}: the empty form is not two pages, but ${sheets(await print())}`);
  check(await page.evaluate(() => !document.documentElement.classList.contains('print-sheet')), `${name}: once printed, the page is not whole again`);
  check(sheets(await print()) <= 4, `${name}: the whole page, with an empty form, takes ${sheets(await print())} sheets: something stands alone on the last`);
  await page.emulateMediaType('print');
  const seen = await page.evaluate(() => {
    const shown = selector => [...document.querySelectorAll(selector)].filter(el => el.checkVisibility({ visibilityProperty: true }));
    return {
      title: shown('.worksheet-title').length, fresh: getComputedStyle(document.querySelector('.worksheet-frame')).breakBefore,
      controls: shown('main button, main [type=range], main [type=checkbox], main summary').length,
      questions: shown('.worksheet .question').length, lines: shown('.worksheet .question .lines i').length, verdict: shown('.verdict .lines i').length,
    };
  });
  check(seen.title === 1 && seen.fresh === 'page' && seen.controls === 0 && seen.questions > 0 && [2, 4].includes(seen.lines / seen.questions) && seen.verdict === 25, `${name} on paper: ${JSON.stringify(seen)}`);
  // Filled in as people do, and committed: two pages at most.
  await page.emulateMediaType('screen');
  await page.evaluate(() => {
    for (const field of document.querySelectorAll('.worksheet :is(input, textarea)')) {
      const share = field.closest('.question')?.dataset.scale === 'share';
      field.value = field.matches('textarea') ? 'Each of them waits for the one before, and what is late once is late for all of those that come after it.' : field.name.endsWith('low') ? '20' : share ? '50' : '120';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    [...document.querySelectorAll('.sheet-actions button')].find(b => /^Commit/.test(b.textContent)).click();
    document.documentElement.classList.add('print-sheet');
  });
  check(await page.comes(() => document.querySelector('design-worksheet').classList.contains('is-committed')), `${name}: the sheet is not committed`);
  await page.emulateMediaType('print');
  check(sheets(await print()) <= 2, `${name}: the filled form takes ${sheets(await print())} pages`);
  await page.evaluate(() => document.documentElement.classList.remove('print-sheet'));
  // Filled in, however long, every word is there.
  const long = `begin ${'why and how '.repeat(700)}end`;
  await page.evaluate(long => {
    for (const field of document.querySelectorAll('.worksheet :is(input, textarea)')) {
      field.value = field.matches('textarea') ? long : '123,456,789';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, long);
  const kept = await page.evaluate(long => [...document.querySelectorAll('.worksheet :is(input, textarea)')].filter(field => {
    const label = field.closest('label');
    const text = getComputedStyle(label, '::after').content.slice(1, -1);
    return field.checkVisibility() || label.querySelector('.lines')?.checkVisibility() || text !== field.value || (field.value === long && label.scrollHeight > label.clientHeight + 2) || label.getBoundingClientRect().height < 5;
  }).length, long);
  check(kept === 0, `${name}: ${kept} fields are cut on paper`);
  await page.evaluate(() => document.documentElement.classList.add('print-sheet'));
  check(sheets(await print()) > 8, `${name}: long answers take only ${sheets(await print())} pages`);
  check(page.complaints.length === 0, `${name}: ${page.complaints.join('; ')}`);
  await page.close();
}

// Pages of their own kind: one sheet each, of the size that they say.
async function ofOneSheet(browser, base, name) {
  const kind = (await (await fetch(base + name)).text()).match(/<div class="(a3|cards|form-page)">/)?.[1];
  if (!kind || name === 'print.html') return undefined;
  const page = await open(browser, base);
  await page.goto(base + name, { waitUntil: 'networkidle0' });
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  const [right, top] = pdf.toString('latin1').match(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/).slice(1).map(Math.round);
  const size = kind === 'a3' ? [1191, 842] : [595, 842];
  check(sheets(pdf) === 1, `${name}: it takes ${sheets(pdf)} sheets instead of one`);
  check(Math.abs(right - size[0]) <= 2 && Math.abs(top - size[1]) <= 2, `${name}: a sheet has ${right} by ${top} points instead of ${size.join(' by ')}`);
  await page.close();
  return kind;
}

await withBook(dir, base => withBrowser(async browser => {
  const names = await pagesOf(browser, base);
  const rooms = names.filter(name => name.endsWith('/discuss.html'));
  for (const name of rooms) await largest(browser, base, name);
  for (const part of [keys, clock, blocked, looks]) await part(browser, base, rooms[0]);
  await second(browser, base, rooms[0], 'from a server');
  await second(browser, onDisk(dir), rooms[0], 'from disk');
  for (const name of names.filter(name => name.endsWith('/evaluate.html'))) await paper(browser, base, name);
  const kinds = [];
  for (const name of names) kinds.push(await ofOneSheet(browser, base, name));
  for (const kind of ['a3', 'cards', 'form-page']) check(kinds.includes(kind), `no page of the book is of the kind “${kind}”`);
}));
done();
