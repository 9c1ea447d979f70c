// node storage.mjs BASE: what the pages make of the browser's storage and of files that people bring. Where the reader stands shows
// in the contents and in the map; every page works with storage that is blocked, full, damaged, or of another edition, and with a
// malformed address; imports take what fits, name the rest, and lose nothing. BASE is the folder of a built book or an address.
// The worksheet's own files, its messages and two tabs on one sheet are tried by labs.mjs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comes, open, pagesOf, verdict, withBook, withBrowser } from './browser.mjs';
import { profile as inProfile, seen, text, wait } from './profile.mjs';

const { check, done } = verdict('storage');
const profile = (...args) => inProfile(check, ...args);
const folder = mkdtempSync(join(tmpdir(), 'storage-'));
const TOOLS = 'how-to-use.html';

const blocked = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });";
const full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
// Stored once: what the page makes of it must outlive a reload.
const stored = entries => `if (!localStorage.length) for (const [key, value] of Object.entries(${JSON.stringify(entries)})) localStorage.setItem(key, value);`;
const kept = (page, key) => page.evaluate(k => localStorage.getItem(k), key);
const json = async (page, key) => JSON.parse(await kept(page, key));
const copy = entries => JSON.stringify({ book: 'distributed-systems-reasoning', schema: 1, kept: entries });
const rows = steps => JSON.stringify({ schema: 1, steps });
const solved = step => ({ design: 'x', step, state: 'solved', solved: '2026-11-01T00:00:00Z' });
const utf16 = (words, big) => {
  const bytes = Buffer.from('\ufeff' + words, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

await withBook(process.argv[2], base => withBrowser(async browser => {
  const paths = (await pagesOf(browser, base)).filter(path => !/^(404|print|toc)\.html$/.test(path));
  const home = await open(browser, base);
  await home.goto(base);
  const designs = await home.$$eval('.map [data-design]', all => all.map(tr => ({ number: tr.dataset.design, steps: tr.dataset.steps.split(' '), read: tr.querySelector('a').getAttribute('href') })));
  await home.close();
  const [one, two] = designs;
  check(designs.length > 1, 'the map has fewer than two designs');
  const page = (design, name) => design.read.replace('index.html', name + '.html');
  const folderOf = design => design.read.split('/')[1];
  const step = (design, i) => `${design.number}/${design.steps[i]}`;
  const sheet = (design, more = {}) => JSON.stringify({ schema: 1, design: folderOf(design), updated: '2026-11-01T00:00:00Z', committed: null, answers: {}, verdict: {}, ...more });
  const row = (page, design) => page.$eval(`.map [data-design="${design.number}"] td.so-far`, el => el.textContent.replaceAll('\u00a0', ' ')).catch(() => null);
  const mark = (page, address) => page.$eval(`#contents a[data-page="${address}"] .mark`, el => el.textContent.replace(', ', '')).catch(() => null);

  // A first visit: nothing of all this shows.
  await profile(browser, base, 'first visit', async visit => {
    const page = await visit('index.html');
    check(!(await page.$('.so-far, .resume, #contents .mark')), 'first visit: something of the reader’s progress shows');
    check(await seen(page, '.cta .btn'), 'first visit: no way to begin');
    const tools = await visit(TOOLS);
    check((await text(tools, '.kept-now')).startsWith('Nothing of yours'), `first visit: ${await text(tools, '.kept-now')}`);
  });

  // Where the reader stands: in the contents and the map, and the way back.
  const standing = {
    'dsr.read': JSON.stringify({ schema: 1, pages: [one.read, page(one, 'discuss'), two.read, 'gone.html'], last: { page: page(one, 'discuss') } }),
    'dsr.solved': JSON.stringify({ schema: 1, steps: [step(one, 0), step(one, 1)] }),
    [`dsr.worksheet.${one.number}`]: sheet(one, { committed: '2026-11-01T00:00:00Z' }),
  };
  await profile(browser, base, 'standing', async visit => {
    const at = await visit('index.html', { script: stored(standing) });
    check(await row(at, one) === `2 of 5 pages read · worksheet committed · 2 of ${one.steps.length} steps solved`, `standing: the map says ${await row(at, one)}`);
    check(await row(at, two) === '1 of 5 pages read', `standing: the map says ${await row(at, two)} of ${two.number}`);
    check(await mark(at, one.read) === '2 solved' && await mark(at, two.read) === '1 of 5 pages', 'standing: the contents do not say it');
    const back = await at.$eval('.resume', el => ({ words: el.textContent, to: el.querySelector('.btn').href, bottom: el.getBoundingClientRect().bottom }));
    check(back.to === base + page(one, 'discuss') && back.words.startsWith(`You stopped at Discuss in ${one.number} `) && back.bottom < 900, `standing: the way back is ${JSON.stringify(back)}`);
    check(!(await seen(at, '.cta')), 'standing: two ways to begin');
    await at.setViewport({ width: 360, height: 740 });
    check(await seen(at, '.map-list .so-far') && await at.$eval('.resume .btn', el => el.getBoundingClientRect().bottom < innerHeight), 'standing: on a phone the map’s list or the way back is missing');
    const inside = await visit(page(one, 'exercise'));
    for (const [name, says] of [['evaluate', 'committed'], ['discuss', 'read'], ['exercise', '2 solved'], ['debrief', null]]) check(await mark(inside, page(one, name)) === says, `standing: ${name} is marked ${await mark(inside, page(one, name))}`);
    check(await inside.$eval('#contents [aria-current]', el => /, 2 solved$/.test(el.textContent)), 'standing: a mark has no word for a screen reader');
  });

  // After a commit the home page leads on: to the lab, then to Discuss.
  await profile(browser, base, 'after a commit', async visit => {
    const at = await visit('index.html', { script: stored({ ...standing, 'dsr.read': JSON.stringify({ schema: 1, pages: [], last: { page: page(one, 'evaluate') } }) }) });
    const [words, ...ways] = await at.$eval('.resume', el => [el.textContent, ...[...el.querySelectorAll('a')].map(a => a.href)]);
    check(words.includes('is committed. Next: the lab, then Discuss.') && ways[0] === `${base}${page(one, 'evaluate')}#the-lab` && ways[1] === base + page(one, 'discuss'), `after a commit: “${words}” ${ways}`);
    for (const design of designs) {
      const sheet = await visit(page(design, 'evaluate'));
      check(await sheet.$('h2#the-lab'), `after a commit: ${design.number} has no place for its lab`);
    }
  });

  // The debrief: the frozen intervals beside the answers; without a commit, and without script, the answers alone.
  for (const design of designs) await profile(browser, base, `debrief ${design.number}`, async visit => {
    const form = await visit(page(design, 'evaluate'));
    const ids = await form.$$eval('.question', all => all.map(el => el.dataset.question));
    const at = await visit(page(design, 'debrief'));
    check(!(await at.$('.own')), `debrief ${design.number}: without a commit it shows more than the answers`);
    const truths = await at.$$eval('td .fact[data-question]', all => Object.fromEntries(all.map(el => [el.dataset.question, Number(el.value)]).reverse()));
    check(ids.every(id => Number.isFinite(truths[id])), `debrief ${design.number} does not answer ${ids.filter(id => !Number.isFinite(truths[id]))}`);
    // One interval holds, one lies below, one above; 90 is the later answer, which does not count.
    const around = [v => [v / 2 || 0.1, v * 2 || 1], v => [v / 4 || 0.1, v / 2 || 0.2], v => [v * 2 + 1, v * 4 + 2]];
    const expected = ids.map((id, i) => (around[i % 3](truths[id])[0] > truths[id] ? 'less' : around[i % 3](truths[id])[1] < truths[id] ? 'more' : 'inside'));
    const answers = Object.fromEntries(ids.map((id, i) => [id, { low: '90', high: '91', reason: '', mechanism: '', first: around[i % 3](truths[id]) }]));
    await form.evaluate((key, text) => localStorage.setItem(key, text), `dsr.worksheet.${design.number}`, sheet(design, { committed: '2026-11-01T00:00:00Z', answers }));
    check(await comes(at, () => document.querySelector('.answers-sum')), `debrief ${design.number}: a commit in another tab does not show`);
    await at.reload();
    const got = await at.$$eval('.answers tbody tr', all => all.map(tr => [tr.querySelector('.fact[data-question]').dataset.question, tr.querySelector('.side')?.dataset.side, tr.querySelector('.side')?.textContent.trim(), tr.querySelector('td.own')?.textContent]));
    check(got.length === ids.length && ids.every((id, i) => got.some(([of, side, words]) => of === id && side === expected[i] && words.includes(side === 'inside' ? 'inside' : `outside: the run gave ${side}`))), `debrief ${design.number}: ${JSON.stringify(got)}, not ${expected}`);
    check(!got.some(([, , , own]) => own.includes('90 to 91')), `debrief ${design.number}: it shows a later answer for the frozen one`);
    check((await text(at, '.answers-sum')).includes(`${expected.filter(side => side === 'inside').length} of ${ids.length} held`), `debrief ${design.number}: ${await text(at, '.answers-sum')}`);
    await form.evaluate(key => localStorage.removeItem(key), `dsr.worksheet.${design.number}`);
    check(await comes(at, () => !document.querySelector('.own, .answers')), `debrief ${design.number}: what was forgotten still shows`);
  });

  // Two tabs: neither forgets what the other one marked, and both show it.
  await profile(browser, base, 'two tabs', async visit => {
    const [a, b, c] = [await visit(page(one, 'discuss')), await visit(page(two, 'discuss')), await visit('index.html')];
    for (const tab of [a, b]) {
      await tab.bringToFront();
      await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await tab.waitForSelector('#contents [aria-current] .mark', { timeout: 10_000 });
    }
    const { pages } = await json(b, 'dsr.read');
    check(pages.length === 2, `two tabs: ${pages}`);
    await c.bringToFront();
    check(await comes(c, () => [...document.querySelectorAll('.map td.so-far')].filter(td => td.textContent.replaceAll('\u00a0', ' ') === '1 of 5 pages read').length === 2), 'two tabs: the home page does not follow');
  });

  // Every page, with every kind of bad storage: it works, and the console is silent.
  const keys = ['read', 'solved', 'theme', 'contents', ...designs.flatMap(({ number }) => [`worksheet.${number}`, `show.lab.${number}`, `show.debrief.${number}`])].map(key => 'dsr.' + key);
  const junk = {
    'not JSON': '{', 'null': 'null', 'a number': '7', 'a list': '[]', 'another schema': '{"schema":9,"pages":["x"],"steps":["x"]}',
    'wrong types': '{"schema":1,"pages":7,"steps":{"a":1},"last":7,"answers":[7],"verdict":7,"design":[],"committed":{}}',
    'wrong members': '{"schema":1,"pages":[7,null,{},["x"]],"steps":[null,7,[]],"last":{"page":["x"],"title":{}}}',
    'hostile': '{"schema":1,"pages":["<img src=x onerror=alert(1)>"],"steps":["02/<b>"],"last":{"page":"javascript:alert(1)","title":"<b>"},"__proto__":{"polluted":1}}',
    // As much as a browser keeps, over all keys.
    'huge': JSON.stringify({ schema: 1, pages: Array.from({ length: Math.floor(400_000 / keys.length) }, (_, i) => 'x' + i), steps: [], last: { page: 'y'.repeat(9000) } }),
  };
  const trials = [['blocked', blocked], ['full', full], ...Object.entries(junk).map(([what, value]) => [what, stored(Object.fromEntries(keys.map(key => [key, value])))])];
  for (const [what, script] of trials) await profile(browser, base, `storage ${what}`, async visit => {
    // Bad values are met by the kinds of pages there are, blocked and full storage by all.
    const some = ['blocked', 'full'].includes(what) ? paths : ['index.html', TOOLS, 'ledger.html', ...['evaluate', 'exercise', 'debrief'].map(name => page(one, name))];
    for (const path of some) {
      const at = await visit(path, { script });
      await at.evaluate(() => new Promise(yes => requestAnimationFrame(() => requestAnimationFrame(yes))));
      const works = await at.evaluate(() => document.querySelectorAll('#contents a[aria-current]').length === 1
        && document.querySelectorAll('#content h1').length === 1
        && [...document.querySelectorAll('design-worksheet')].every(el => el.querySelector('.sheet-actions'))
        && [...document.querySelectorAll('design-lab')].every(el => el.querySelector('.lab-locked, .lab-board'))
        && [...document.querySelectorAll('.kept')].every(el => el.querySelectorAll('.kept-actions button').length > 3)
        && !document.querySelector('main img') && ({}).polluted === undefined);
      check(works, `storage ${what}: ${path} does not work`);
    }
  });
  for (const [what, script, says] of [['blocked', blocked, 'blocked'], ['full', full, 'full']]) await profile(browser, base, `panel, ${what}`, async visit => {
    const at = await visit(TOOLS, { script });
    check((await text(at, '.kept-now')).includes(says), `panel, ${what}: ${await text(at, '.kept-now')}`);
    check(await put(at, 0, 'p.json', rows([solved(step(one, 0))])).then(said => said.includes('1 solved step')), `panel, ${what}: nothing can be imported for this visit`);
    check(await mark(at, one.read) === '1 solved', `panel, ${what}: what was imported does not show`);
  });
  await profile(browser, base, 'set aside', async visit => {
    for (const [key, what] of [['dsr.read', 'another schema'], ['dsr.solved', 'not JSON']]) {
      const at = await visit(TOOLS, { script: `if (!localStorage.getItem('${key}')) localStorage.setItem('${key}', ${JSON.stringify(junk[what])});` });
      await at.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await at.waitForSelector('#contents [aria-current] .mark', { timeout: 10_000 });
      check(await kept(at, key + '.unread') === junk[what], `set aside: ${key} is lost`);
      check((await text(at, '.kept-now')).includes('set aside'), `set aside: the panel does not say so: ${await text(at, '.kept-now')}`);
    }
    // No room for a second copy: the one that is there moves.
    const large = '{' + 'x'.repeat(4.5e6);
    const at = await visit('index.html', { script: `if (!localStorage.getItem('dsr.read.unread')?.startsWith('{xx')) { localStorage.clear(); localStorage.setItem('dsr.read', '{' + 'x'.repeat(4.5e6)); }` });
    check(await kept(at, 'dsr.read.unread') === large, 'set aside: a record that fills the storage is lost');
  });

  // Addresses that mean nothing.
  await profile(browser, base, 'addresses', async visit => {
    for (const path of ['index.html', TOOLS, page(one, 'evaluate'), page(one, 'debrief')]) for (const hash of ['#%E0%A4%A', '#lab=99&seed=x', '#lab=&&==', '#' + '%00'.repeat(50), '#<img src=x onerror=alert(1)>', '#__proto__']) {
      const at = await visit(path + hash);
      check(await seen(at, '#content h1') && !(await at.$('main img')), `${path}${hash.slice(0, 30)}: the page does not work`);
      await at.close();
    }
  });

  // Files. `which` is the button: 0 imports from cargo learn, 2 opens a copy; each takes either.
  async function put(page, which, name, content) {
    const path = join(folder, name);
    writeFileSync(path, content);
    const [chooser] = await Promise.all([page.waitForFileChooser({ timeout: 10_000 }), page.evaluate(i => document.querySelectorAll('.kept > .kept-actions button')[i].click(), which)]);
    await page.evaluate(() => document.querySelector('.kept-said').replaceChildren());
    await chooser.accept([path]);
    await page.waitForFunction(() => document.querySelector('.kept-said').textContent !== '', { timeout: 10_000 });
    return text(page, '.kept-said');
  }
  await profile(browser, base, 'import from cargo learn', async visit => {
    const at = await visit(TOOLS);
    const list = rows([solved(step(one, 0)), { ...solved(step(one, 1)), state: 'begun' }, solved(step(two, 0))]);
    const fresh = { 'plain.json': list, 'powershell.json': utf16(list), 'big-endian.json': utf16(list, true), 'marked.json': '\ufeff' + list };
    for (const [name, content] of Object.entries(fresh)) {
      await at.evaluate(() => localStorage.removeItem('dsr.solved'));
      const said = await put(at, 0, name, content);
      check(said.includes('2 solved steps in the file, 2 of them new here'), `${name}: ${said}`);
      check((await json(at, 'dsr.solved')).steps.join() === [step(one, 0), step(two, 0)].join(), `${name}: ${await kept(at, 'dsr.solved')}`);
    }
    check(await at.evaluate(() => document.activeElement.matches('.kept-said')), 'the focus does not go to what was said');
    const less = await put(at, 0, 'less.json', rows([{ ...solved(step(one, 0)), state: 'open' }, solved(step(one, 1)), solved('77/dance'), solved('<img src=x onerror=alert(1)>'), 7, null, { state: 'solved' }, solved('z'.repeat(5000))]));
    check(less.includes('1 solved step in the file, 1 of them new') && less.includes(`still solved here: ${step(one, 0)}.`) && less.includes('77/dance, <img src=x') && less.includes('name no step: 3 entries') && less.length < 600, `less.json: ${less}`);
    check((await json(at, 'dsr.solved')).steps.length === 3 && !(await at.$('.kept img')), 'less.json: a solved step was lost, or the file’s text became markup');

    const single = await put(at, 2, 'worksheet.toml', `design = "${folderOf(one)}"\nschema = 1\n\n[answers.x]\nanswer = []\n`);
    check(single.includes('Open a worksheet.toml') && single.includes('Nothing was changed') && await at.$eval('.kept-said a', a => a.href) === base + page(one, 'evaluate'), `a worksheet: ${single}`);
    check(await at.$eval('.kept-said', el => { const box = el.getBoundingClientRect(); return el.getAttribute('role') === 'alert' && el === document.activeElement && box.top >= 0 && box.bottom <= innerHeight; }), 'a worksheet: the message is out of view, or is not read out');

    const before = await kept(at, 'dsr.solved');
    const wrong = {
      'empty.json': '', 'words.json': 'solved: all', 'cut.json': list.slice(0, 60), 'newer.json': list.replace('"schema":1', '"schema":2'), 'none.json': list.replace('"schema":1,', ''),
      'object.json': '{"schema":1,"steps":{}}', 'null.json': 'null', 'binary.json': Buffer.from([0, 1, 0xfd, 0xfe, 0xff]), 'large.json': ' '.repeat(9e6), 'deep.json': '['.repeat(200000),
      'other.json': copy({}).replace('distributed', 'other'), 'later.json': copy({}).replace('"schema":1', '"schema":7'), 'kept.json': copy([]),
    };
    for (const [name, content] of Object.entries(wrong)) {
      const said = await put(at, 0, name, content);
      check(said.includes(`${name} was not opened`) && said.includes('Nothing was changed'), `${name}: ${said}`);
      check(await kept(at, 'dsr.solved') === before, `${name}: something was changed`);
    }
  });

  // To another browser, and back.
  await profile(browser, base, 'copy', async (visit, context) => {
    const at = await visit(TOOLS, { script: stored(standing) });
    const session = await at.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, browserContextId: context.id, eventsEnabled: true });
    const arrived = new Promise(yes => session.on('Browser.downloadProgress', e => e.state === 'completed' && yes()));
    await at.evaluate(() => document.querySelectorAll('.kept > .kept-actions button')[1].click());
    await Promise.race([arrived, wait(5000)]);
  });
  const saved = readFileSync(join(folder, 'distributed-systems-reasoning.json'), 'utf8');
  await profile(browser, base, 'open a copy', async visit => {
    const at = await visit(TOOLS);
    const said = await put(at, 2, 'saved.json', saved);
    check(said.includes('Taken from the copy'), `a saved copy: ${said}`);
    const there = await visit('index.html');
    check(await row(there, one) === `2 of 5 pages read · worksheet committed · 2 of ${one.steps.length} steps solved`, `a saved copy: the map says ${await row(there, one)}`);
    await at.bringToFront();
    check((await put(at, 0, 'again.json', saved)).includes('nothing that is not here'), 'a copy opened twice');
    // What is here stays; strangers are left out.
    const hostile = {
      'dsr.read': JSON.stringify({ schema: 1, pages: [page(two, 'discuss')], last: { page: 'x' } }), 'dsr.solved': 'junk',
      [`dsr.worksheet.${one.number}`]: sheet(one), [`dsr.worksheet.${two.number}`]: sheet(one), 'dsr.worksheet.99': '{"schema":1,"design":7}',
      'mdbook-theme': 'x', 'dsr.<img src=x>': 'x', 'dsr.theme': 7, '__proto__': 'x', 'dsr.show.lab.77': 'y'.repeat(2e6),
    };
    const mine = await kept(at, `dsr.worksheet.${one.number}`);
    const told = await put(at, 2, 'hostile.json', copy(hostile).replace('"dsr.theme"', '"__proto__":{"polluted":1},"dsr.theme"'));
    check(told.includes('Taken from the copy: pages read.') && told.includes(`left as it is here: worksheet ${one.number}.`) && ['dsr.solved', 'dsr.worksheet.99', 'mdbook-theme', '<img src=x>'].every(name => told.includes(name)), `hostile.json: ${told}`);
    check(await kept(at, `dsr.worksheet.${one.number}`) === mine && await kept(at, 'mdbook-theme') === null && await kept(at, `dsr.worksheet.${two.number}`) === null && await at.evaluate(() => ({}).polluted === undefined), 'hostile.json: something was taken that must not be');
    const { pages, last } = await json(at, 'dsr.read');
    check(pages.includes(one.read) && pages.includes(page(two, 'discuss')) && last.page !== 'x', 'hostile.json: the pages read are not joined');

    // Forgetting: asks, can be left, and then takes everything of ours and nothing else.
    await at.evaluate(() => localStorage.setItem('another', 'site'));
    const press = (where, words) => at.evaluate((w, t) => [...document.querySelectorAll(`${w} button`)].find(b => b.textContent === t).click(), where, words);
    await press('.kept', 'Forget everything here');
    check(await seen(at, '.kept-sure') && await at.evaluate(() => document.activeElement.textContent === 'Keep it'), 'forgetting does not ask');
    await press('.kept-sure', 'Keep it');
    check(await kept(at, 'dsr.read') !== null && !(await seen(at, '.kept-sure')), 'what was to be kept is gone');
    await press('.kept', 'Forget everything here');
    await press('.kept-sure', 'Forget it all');
    check(await at.evaluate(() => Object.keys(localStorage).join()) === 'another' && (await text(at, '.kept-said')).includes('Forgotten'), 'forgetting leaves something, or takes what is not ours');
    await there.bringToFront();
    check(await comes(there, () => !document.querySelector('.so-far, .resume, #contents .mark')), 'another tab still shows what was forgotten');
  });
}));
rmSync(folder, { recursive: true, force: true });
done();
