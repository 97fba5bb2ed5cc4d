import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type App, startApp } from './app.ts';
import { openBrowser, visit } from './visitor.ts';

type Env = Readonly<Record<string, string>>;

interface Setting {
  readonly app: App;
  readonly browser: Browser;
  /** Brings somebody in, who leaves when the test ends: pages that are left open slow down those that come. */
  visit(options?: BrowserContextOptions): Promise<Page>;
}

/** An app and a browser of a suite's own; whoever comes before its first test stays to the end. */
export function setting(env: () => Env | Promise<Env> = () => ({})): Setting {
  let app: App;
  let browser: Browser;
  let visitors: BrowserContext[] = [];
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(await env()), openBrowser()]);
  });
  beforeEach(() => {
    visitors = [];
  });
  afterEach(() => Promise.all(visitors.map((visitor) => visitor.close())));
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
      const page = await visit(browser, app.url, options);
      visitors.push(page.context());
      return page;
    },
  };
}
