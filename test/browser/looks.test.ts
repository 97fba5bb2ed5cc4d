import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from './app.ts';
import { describeInBrowser } from './chromium.ts';
import { escalate, expectAnswer, openBrowser, send, signIn, visit } from './visitor.ts';

/** `UPDATE_IMAGES=1 npx vitest run test/browser/looks.test.ts` writes the pictures of the documentation anew. */
const updatesImages = process.env.UPDATE_IMAGES !== undefined;
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** The pictures that are kept. */
const kept = [
  'ladder-desktop-light',
  'escalation-desktop-light',
  'runs-desktop-light',
  'resumed-phone-dark',
  'inbox-phone-light',
];

const screens = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

describeInBrowser('the pages of the app', () => {
  let axeSource: string;
  let app: App;
  let browser: Browser;
  beforeAll(async () => {
    axeSource = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  describe.each(['desktop', 'phone'] as const)('on a %s', (screen) => {
    test.each(['light', 'dark'] as const)('can be read and used by everybody, %s', async (colorScheme) => {
      const page = await visit(browser, app.url, { ...screens[screen], colorScheme });

      async function look(name: string): Promise<void> {
        expect({ name, found: await seriousFindings(page) }).toEqual({ name, found: [] });
        expect({ name, scrollsSideways: await scrollsSideways(page) }).toEqual({ name, scrollsSideways: false });
        const picture = `${name}-${screen}-${colorScheme}`;
        if (!updatesImages || !kept.includes(picture)) return;
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: `${images}${picture}.png`, fullPage: screen === 'desktop' });
      }

      await look('start');
      await page.getByText('Structure alone, live').click();
      await send(page, { number: 'INV-2041' });
      await expectAnswer(page, { total: '1284.5' });
      await look('live');
      await page.getByText('Sums and books too').click();
      await send(page, { number: 'INV-2042' });
      await expectAnswer(page, { vendorId: 'V-20417' });
      await look('ladder');
      const path = await escalate(page);
      await look('pending');
      await page.goto('/inbox');
      await look('sign-in');
      await signIn(page, 'Ada');
      await page.locator(`a[href="${path}"]`).waitFor();
      await look('inbox');
      await page.goto(path);
      await page.getByLabel('total').fill('1688');
      await look('escalation');
      for (const name of ['Approve', 'Reject', 'Advise']) {
        await page.getByRole('tab', { name }).click();
        await look(name.toLowerCase());
      }
      await page.getByLabel('What should the model know?').fill('A carton costs 128.50. Make the total 1,688.00.');
      await page.getByRole('button', { name: 'Send the model back' }).click();
      await page.getByText('This is decided').waitFor();
      await look('decided');
      await page.goto('/');
      await expectAnswer(page, { total: '1688' });
      await look('resumed');
      await page.goto('/runs');
      await page.getByText('The same runs in numbers').waitFor();
      await look('runs');
    });
  });

  async function seriousFindings(page: Page): Promise<readonly string[]> {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  }
});

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
