import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeInBrowser } from './chromium.ts';
import { setting } from './setting.ts';
import { escalate, expectAnswer, send, signIn } from './visitor.ts';

/** `UPDATE_IMAGES=1 npx vitest run test/browser/looks.test.ts` writes the pictures of the documentation anew. */
const updatesImages = process.env.UPDATE_IMAGES !== undefined;
/** Every picture goes there too, to be looked at. */
const lookAt = process.env.LOOK_AT;
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** The pictures that are kept. */
const kept = [
  'ladder-desktop-light',
  'escalation-desktop-light',
  'runs-desktop-light',
  'resumed-phone-dark',
  'inbox-phone-light',
];

/** Desktop in light and phone in dark, as a theme changes colours alone and a screen the rest; `EVERY_LOOK=1` takes all four. */
const looksAtAll = updatesImages || lookAt !== undefined || process.env.EVERY_LOOK !== undefined;
const themes: Readonly<Record<keyof typeof screens, readonly ('light' | 'dark')[]>> = {
  desktop: looksAtAll ? ['light', 'dark'] : ['light'],
  phone: looksAtAll ? ['light', 'dark'] : ['dark'],
};

const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: looksAtAll ? 2 : 1,
    isMobile: true,
    hasTouch: true,
  },
};

describeInBrowser('the pages of the app', () => {
  const here = setting();
  let axeSource: string;
  beforeAll(async () => {
    axeSource = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  });

  describe.each(['desktop', 'phone'] as const)('on a %s', (screen) => {
    test.each(themes[screen])(
      'can be read and used by everybody, %s',
      async (colorScheme) => {
        const page = await here.visit({ ...screens[screen], colorScheme });

        async function look(name: string): Promise<void> {
          // A page that is on its way has none yet.
          await page.waitForFunction(() => document.title !== '');
          expect({ name, found: await findings(page) }).toEqual({ name, found: [] });
          expect({ name, scrollsSideways: await scrollsSideways(page) }).toEqual({ name, scrollsSideways: false });
          const picture = `${name}-${screen}-${colorScheme}`;
          if (lookAt !== undefined) await page.screenshot({ path: `${lookAt}/${picture}.png` });
          if (!updatesImages || !kept.includes(picture)) return;
          await page.evaluate(() => scrollTo(0, 0));
          await page.screenshot({ path: `${images}${picture}.png`, fullPage: screen === 'desktop' });
        }

        await look('start');
        await send(page, { number: 'INV-2042' });
        await expectAnswer(page, { 'Vendor ID': 'V-20417' });
        await look('ladder');
        const path = await escalate(page);
        await look('pending');
        await page.goto('/inbox');
        await page.getByRole('heading', { name: 'Sign in' }).waitFor();
        await look('sign-in');
        await signIn(page, 'Ada');
        await page.locator(`a[href="${path}"]`).waitFor();
        await look('inbox');
        await page.locator(`a[href="${path}"]`).click();
        for (const [button, field] of [
          ['Edit', 'Total'],
          ['Approve', 'Use this answer despite'],
          ['Reject', 'Reason'],
          ['Send back', 'What should the model know?'],
        ] as const) {
          await page.getByRole('button', { name: button }).click();
          await page.getByLabel(field).waitFor();
          await look(button === 'Edit' ? 'escalation' : button);
          if (button !== 'Send back') await page.getByRole('button', { name: 'Cancel' }).click();
        }
        await page.getByLabel('What should the model know?').fill('A carton costs 128.50. Make the total 1,688.00.');
        await page.getByRole('button', { name: 'Send back' }).click();
        await page.getByText(/^Sent back: /).waitFor();
        await look('worked-through');
        await page.goto('/');
        await expectAnswer(page, { Total: '£1,688.00' });
        await look('resumed');
        await page.goto(path);
        await page.getByText(/This answer passed the checks and is used/).waitFor();
        await look('decided');
        await page.goto('/runs');
        await page.getByText('Accepted by step').waitFor();
        await look('runs');
        await page.getByRole('link', { name: 'INV-2043' }).first().click();
        await page.getByText('Review by a person').waitFor();
        await look('run');
        await page.goto('/nowhere');
        await look('not-found');
      },
      180_000,
    );
  });

  test('chosen dark, is dark when it is loaded again', async () => {
    const page = await here.visit({ colorScheme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    // What the server drew and what the browser has are one, or the console says so.
    for (const address of ['/', '/inbox']) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      expect(await background()).toBe(dark);
    }
  });

  test('keeps the script of every first view within 150 KB', async () => {
    const page = await here.visit();
    const path = await escalate(page);
    await signIn(page, 'Ada');
    const [run] = (await (await page.request.get('/api/runs')).json()).runs;
    const storageState = await page.context().storageState();
    const views = [
      ['/', 'What will happen'],
      ['/inbox', 'Select an escalation'],
      [path, 'What the model tried'],
      ['/runs', 'INV-2043'],
      [`/runs/${run.runId}`, 'Review by a person'],
      ['/nowhere', 'There is no page at this address.'],
    ] as const;
    const look = async ([address, shown]: (typeof views)[number]): Promise<void> => {
      const context = await here.browser.newContext({ baseURL: here.app.url, storageState });
      const visitor = await context.newPage();
      const sizes: Promise<number>[] = [];
      visitor.on('requestfinished', (request) => {
        if (request.resourceType() === 'script') {
          sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
        }
      });
      const untilQuiet = watchRequests(visitor);
      await visitor.goto(address);
      await visitor.getByText(shown).first().waitFor();
      // What is loaded after that, without anybody asking for it, counts too.
      await untilQuiet();
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
      await context.close();
      expect({ address, bytes, isSmall: bytes > 50_000 && bytes <= 150_000 }).toMatchObject({ isSmall: true });
    };
    await Promise.all(views.map(look));
  });

  async function findings(page: Page): Promise<readonly string[]> {
    if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  }
});

/** Waits until a page asks for nothing more: whenever it is idle, no request is under way but the one that stays open. */
function watchRequests(page: Page): () => Promise<void> {
  const underWay = new Set<Request>();
  let begun = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/changes')) return;
    begun += 1;
    underWay.add(request);
  });
  const end = (request: Request) => void underWay.delete(request);
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return async () => {
    for (let quiet = 0; quiet < 3; ) {
      const before = begun;
      await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));
      quiet = begun === before && underWay.size === 0 ? quiet + 1 : 0;
    }
  };
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
