// Pages in a browser profile of their own, and what to ask of them.
import { open } from './browser.mjs';

export const wait = ms => new Promise(yes => setTimeout(yes, ms));

/** Runs `work` with pages of a browser profile of its own; whatever a page complains about is a fault. */
export async function profile(check, browser, base, name, work) {
  const context = await browser.createBrowserContext();
  const pages = [];
  try {
    await work(async (path, options) => {
      const page = await open(context, base, options);
      pages.push(page);
      await page.goto(base + path);
      return page;
    }, context);
  } catch (error) {
    check(false, `${name}: ${error.message.split('\n')[0]}`);
  }
  for (const page of pages) for (const what of page.complaints) check(false, `${name}: ${what}`);
  await context.close();
}

/** The words of an element. */
export const text = (page, selector) => page.$eval(selector, el => el.textContent.trim());
/** Does the element exist, and show? */
export const seen = (page, selector) => page.$eval(selector, el => el.checkVisibility()).catch(() => false);
