// node search.mjs BASE: what readers look for stands first and says what kind of place it is, and no answer is in the index.
import { open, verdict, withBook, withBrowser } from './browser.mjs';

const { check, done } = verdict('search');

// The query, and what must be among the first so many places found: kind and title.
const QUERIES = [
  ['lease', 2, 'Term: Lease', 'Building block: Time, leases and fencing'],
  ['fencing', 2, 'Term: Fencing', 'Building block: Time, leases and fencing'],
  ['p99', 1, 'Term: Percentile'],
  ['P99.9', 1, 'Term: Percentile'],
  ['retry', 3, 'Term: Retry', 'Design: 04 Retries to a slow dependency', 'Building block: Overload and retries'],
  ['hedge', 1, 'Term: Hedged request'],
  ['fan-out', 2, 'Term: Fan-out', 'Design: 02 Fan-out search'],
  ['fan out', 2, 'Term: Fan-out', 'Design: 02 Fan-out search'],
  ['08', 1, 'Design: 08 Coast-to-coast failover'],
  ['coast', 1, 'Design: 08 Coast-to-coast failover'],
  ['RPO', 1, 'Term: Recovery point objective'],
  ["little's law", 1, "Term: Little's law"],
  ['replicat', 4, 'Building block: Replication and failover', 'Term: Replication lag'], // half a word that its stem has lost
  ['90 %', 1, 'Term: 90 % interval'], // a sign alone is no word
  ['at most once', 1, 'Design: Twice, or at most once?'], // two of these three the engine never looks for
  ['errata', 1, 'Page: Errata'],
];
// Misspelt, and what is meant.
const SLIPS = [['leese', 'lease'], ['quorom', 'quorum'], ['fencnig token', 'fencing token']];
const NOTHING = ['xyzzy', '(', '[*+'];

await withBook(process.argv[2], base => withBrowser(async browser => {
  const page = await open(browser, base);
  await page.goto(base + 'method.html', { waitUntil: 'networkidle0' });
  await page.click('#search-toggle');
  const said = () => page.$eval('#search-count', el => el.textContent);
  const places = () => page.$$eval('#search-results li', all => all.map(li => `${li.querySelector('.kind').textContent}: ${li.querySelector('a').textContent}`));
  const settled = before => page.waitForFunction(old => document.getElementById('search-count').textContent !== old, { timeout: 10_000 }, before).catch(() => {});
  const look = async query => {
    await page.$eval('#search-words', el => { el.value = ''; el.dispatchEvent(new Event('input')); });
    await page.type('#search-words', query);
    await settled('');
    // What is typed letter by letter is answered letter by letter, each answer before the next key.
    return places();
  };

  for (const [query, first, ...expected] of QUERIES) {
    const found = await look(query);
    for (const place of expected) check(found.slice(0, first).includes(place), `“${query}”: “${place}” is not among the first ${first}: ${found.slice(0, 5).join(' | ')}`);
    check(new Set(found).size > 0 && !found.some(place => /debrief|teaching/i.test(place)), `“${query}” finds ${found.filter(place => /debrief|teaching/i.test(place)).join(' | ') || 'nothing'}`);
  }

  for (const [slip, meant] of SLIPS) {
    check((await look(slip)).length === 0, `“${slip}” finds something`);
    check((await said()) === `Nothing found for “${slip}”. Did you mean ${meant}?`, `“${slip}” gets the answer “${await said()}”`);
    const before = await said();
    await page.click('#search-count button').catch(() => {});
    await settled(before);
    check((await places()).length > 0 && await page.$eval('#search-words', (el, meant) => el.value === meant && el === document.activeElement, meant), `the way from “${slip}” to “${meant}” leads nowhere`);
  }
  for (const query of NOTHING) {
    check((await look(query)).length === 0, `“${query}” finds something`);
    check((await said()) === `Nothing found for “${query}”. Try one word, or its beginning.`, `“${query}” gets the answer “${await said()}”`);
  }

  // A term's place is in the glossary, at the term.
  await look('lease');
  await Promise.all([page.waitForNavigation({ timeout: 10_000 }).catch(() => {}), page.keyboard.press('Enter')]);
  check(page.url() === `${base}glossary.html#lease`, `Enter at “lease” leads to ${page.url()}`);

  // No answer before a judgement: debriefs, the instructor's pages and the ledger are not in the index at all.
  await page.click('#search-toggle');
  await look('lease');
  const urls = await page.evaluate(() => window.search.doc_urls);
  const answers = urls.filter(url => /\/(debrief|facilitate)\.html|^ledger\.html/.test(url));
  check(urls.length > 0 && answers.length === 0, `${urls.length} places in the index, among them ${answers.slice(0, 3).join(', ')}`);
  check(page.complaints.length === 0, page.complaints.join('; '));
  await page.close();
}));
done();
