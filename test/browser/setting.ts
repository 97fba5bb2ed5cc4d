import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type App, startApp } from './app.ts';
import { arrive, enter, leave, openBrowser } from './visitor.ts';

type Env = Readonly<Record<string, string>>;

interface Setting {
  readonly app: App;
  readonly browser: Browser;
  /** Brings somebody in, who leaves when the test ends: pages that are left open slow down those that come. */
  visit(options?: BrowserContextOptions): Promise<Page>;
}

/**
 * An app and a browser of a suite's own; whoever comes before its first test stays to the end. The next visitor gets the
 * window of one who left, with nothing of theirs in it: a new one takes a second or two to open.
 */
export function setting(env: () => Env | Promise<Env> = () => ({})): Setting {
  let app: App;
  let browser: Browser;
  let visitors: Page[] = [];
  let special: Page[] = [];
  const windows: Page[] = [];
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(await env()), openBrowser()]);
  });
  beforeEach(() => {
    [visitors, special] = [[], []];
  });
  afterEach(async () => {
    await Promise.all([...visitors.map(leave), ...special.map((page) => page.context().close())]);
    windows.push(...visitors);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  return {
    get app() {
      return app;
    },
    get browser() {
      return browser;
    },
    async visit(options) {
      const page = (options === undefined && windows.pop()) || (await enter(browser, app.url, options));
      (options === undefined ? visitors : special).push(page);
      return await arrive(page);
    },
  };
}
