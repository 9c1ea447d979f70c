// What every check shares: a browser with a fresh profile that reaches nothing but the book, and the list of its pages.
import puppeteer from 'puppeteer-core';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from './serve.mjs';

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts Chromium ($CHROMIUM or /usr/bin/chromium), runs `work`, stops it, and removes its profile. */
export async function withBrowser(work) {
  const profile = mkdtempSync(join(tmpdir(), 'book-browser-'));
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS, userDataDir: profile, headless: true });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** BASE is the address of a served book, or the folder of a built one, which is then served while `work` runs. */
export async function withBook(base, work) {
  if (!base) throw new Error('which book? Give the address of a served one, or the folder of a built one');
  if (/^(https?|file):/.test(base)) return work(base.replace(/\/?$/, '/'));
  if (!statSync(base).isDirectory()) throw new Error(`${base} is neither an address nor a folder`);
  const server = await serve(resolve(base));
  try {
    return await work(server.base);
  } finally {
    server.close();
  }
}

/** The folder of a built book as a file: address. */
export const onDisk = dir => pathToFileURL(resolve(dir)).href + '/';

/**
 * A page that aborts and records every request outside `base`, and records whatever the console complains about.
 * `store` is put into localStorage before each load.
 */
export async function open(browser, base, { width = 1400, height = 900, store = {}, script } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  page.complaints = [];
  await page.setRequestInterception(true);
  page.on('request', request => {
    const url = request.url();
    if (url.startsWith(base) || /^(data|blob|about):/.test(url)) return request.continue();
    // Chromium asks for /favicon.ico on its own only when a page names no icon: that would be our fault, so it counts.
    page.complaints.push(`asked for ${url}`);
    return request.abort();
  });
  page.on('pageerror', error => page.complaints.push(`error: ${error.message}`));
  page.on('console', message => ['error', 'warn'].includes(message.type()) && page.complaints.push(`console: ${message.text()} ${message.location().url ?? ''}`));
  page.on('response', response => response.status() >= 400 && page.complaints.push(`${response.status()} ${response.url()}`));
  if (Object.keys(store).length) await page.evaluateOnNewDocument(entries => { for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value); }, store);
  if (script) await page.evaluateOnNewDocument(script);
  return page;
}

/** Every page of the book: what its list of pages names, and the pages that mdBook adds. */
export async function pagesOf(browser, base) {
  const page = await open(browser, base);
  await page.goto(base + 'toc.html');
  const listed = await page.$$eval('a[href]', links => links.map(a => a.href.split('#')[0]));
  await page.close();
  const all = [...new Set([base + 'index.html', ...listed, ...['404.html', 'print.html', 'toc.html'].map(name => base + name)])];
  return all.filter(url => url.startsWith(base)).map(url => url.slice(base.length));
}

/** Whether a state comes within a limit that only a broken page passes. `fn` runs in the page; on a quick machine this takes no time. */
export const comes = (page, fn, ...args) => page.waitForFunction(fn, { timeout: 10_000, polling: 50 }, ...args).then(() => true, () => false);

/** Collects what went wrong; `done` prints it and sets the exit code. */
export function verdict(what) {
  const faults = [];
  let checks = 0;
  const check = (ok, text) => {
    checks += 1;
    if (!ok) {
      faults.push(text);
      console.log(`✗ ${text}`);
    }
  };
  return {
    check,
    /** Checks that a state comes: `fn` runs in the page, with `args`, until it holds. Says whether it did. */
    async eventually(page, fn, text, ...args) {
      const ok = await comes(page, fn, ...args);
      check(ok, text);
      return ok;
    },
    done() {
      console.log(faults.length ? `${what}: ${faults.length} of ${checks} checks failed` : `${what}: ${checks} checks passed`);
      if (faults.length || !checks) process.exitCode = 1;
    },
  };
}
