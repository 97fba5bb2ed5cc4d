import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from './app.ts';
import { describeInBrowser } from './chromium.ts';
import { escalate, expectAnswer, openBrowser, send, signIn, visit } from './visitor.ts';

describeInBrowser('an invoice in the app', () => {
  let app: App;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('is right after feedback', async () => {
    const page = await visit(browser, app.url);
    await send(page, { number: 'INV-2041' });
    await expectAnswer(page, { currency: 'EUR', total: '1284.5' });
    // The first answer is talked around, so it is read whole, and all that is wrong with it is told at once.
    expect(await page.getByText(/^Attempt \d/).allTextContents()).toHaveLength(2);
  });

  test('is right after a tool was lent', async () => {
    const page = await visit(browser, app.url);
    await send(page, { number: 'INV-2042' });
    await expectAnswer(page, { vendorId: 'V-20417' });
    expect(await page.getByText(/^lookUpVendor\({"name":"Harbor Light Trading"}\) → .*V-20417/).count()).toBe(1);
  });

  test('streams out while only its structure is judged', async () => {
    const page = await visit(browser, app.url);
    await page.getByText('Structure alone, live').click();
    await send(page, { number: 'INV-2041' });
    await page.getByRole('rowheader', { name: 'vendorId' }).waitFor();
    await expectAnswer(page, { currency: 'EUR', total: '1284.5' });
    expect(await page.getByText('released while it is judged').count()).toBe(1);
  });

  test.each(['Edge', 'Node.js'])('goes to a person who edits it, and arrives, on %s', async (runtime) => {
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    await signIn(ada, 'Ada');
    await sender.getByText(runtime, { exact: true }).click();
    await send(sender, { number: 'INV-2043' });
    await sender.getByText(/^A person is asked/).waitFor();

    await ada
      .getByRole('link', { name: /the lines add up to/ })
      .first()
      .click();
    await ada.getByRole('heading', { name: 'An invoice needs a person' }).waitFor();
    expect(await ada.getByText('paper, A2, carton       1#8.50').count()).toBe(1);
    expect(await ada.locator('[data-wrong]').allTextContents()).toContainEqual(expect.stringMatching(/^1636✗ Read/));

    const button = ada.getByRole('button', { name: 'Send the edited answer' });
    await ada.getByLabel('vendorId').fill('V-1186');
    await ada.getByText('A vendor id is V- and five digits.').waitFor();
    expect(await button.isDisabled()).toBe(true);
    await ada.getByLabel('vendorId').fill('V-11860');
    await ada.getByLabel('unitPrice').first().fill('128.5');
    await ada.getByText('Read the numbers again: the lines add up to 1688, the total is 1636.').waitFor();
    await ada.getByLabel('total').fill('1688');
    await button.click();
    await ada.getByText('This is decided').waitFor();

    await expectAnswer(sender, { 'lines 1 unitPrice': '128.5', total: '1688' });
    expect(await sender.getByRole('status').textContent()).toBe('Accepted after 5 attempts, with the help of Ada.');
  });

  test('arrives in a page that was loaded again, without asking the model again', async () => {
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await sender.reload();
    await sender.getByText(/^A person is asked/).waitFor();
    expect(await sender.getByText(/^Attempt \d/).count()).toBe(4);

    await ada.goto(path);
    await ada.getByRole('tab', { name: 'Approve' }).click();
    await ada.getByRole('button', { name: 'Approve' }).click();
    await expectAnswer(sender, { total: '1636' });
    expect(await sender.getByText(/^Attempt \d/).count()).toBe(4);
  });

  test('arrives on a page that was left for another one meanwhile', async () => {
    const page = await visit(browser, app.url);
    await signIn(page, 'Ada');
    await escalate(page);
    await page.getByRole('link', { name: 'Open the escalation in the inbox' }).click();
    await page.getByRole('tab', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('This is decided').waitFor();
    await page.getByRole('link', { name: 'Invoices' }).click();
    await expectAnswer(page, { total: '1636' });
  });

  test('goes back to the model with advice', async () => {
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('tab', { name: 'Advise' }).click();
    await ada.getByLabel('What should the model know?').fill('A carton costs 128.50. Make the total 1,688.00.');
    await ada.getByRole('button', { name: 'Send the model back' }).click();
    await expectAnswer(sender, { total: '1688' });
  });

  test('ends without an answer when a person rejects it', async () => {
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('tab', { name: 'Reject' }).click();
    await ada.getByLabel(/^Why/).fill('Ask for a better scan.');
    await ada.getByRole('button', { name: 'Reject' }).click();
    await sender.getByText('A person rejected the answer.').waitFor();
  });

  test('appears in the inbox while somebody looks at it, and leaves it for everybody', async () => {
    const [sender, ada, bob] = await Promise.all([1, 2, 3].map(() => visit(browser, app.url)));
    if (sender === undefined || ada === undefined || bob === undefined) throw new Error('Three were to come.');
    await signIn(ada, 'Ada');
    await signIn(bob, 'Bob');
    const path = await escalate(sender);
    const entry = bob.locator(`a[href="${path}"]`);
    await entry.waitFor();
    await ada.locator(`a[href="${path}"]`).click();
    await ada.getByRole('button', { name: 'Take it' }).click();
    await bob.getByText('Ada is on it').waitFor();
    await ada.getByRole('tab', { name: 'Approve' }).click();
    await ada.getByRole('button', { name: 'Approve' }).click();
    await entry.waitFor({ state: 'detached' });
  });

  test('shows among the runs', async () => {
    const page = await visit(browser, app.url);
    await send(page, { number: 'INV-2042' });
    await expectAnswer(page, { vendorId: 'V-20417' });
    await signIn(page, 'Ada');
    await page.goto('/runs');
    const latest = page.getByRole('table').getByRole('row').nth(1);
    await latest.waitFor();
    expect(await latest.getByRole('cell').allTextContents()).toEqual([
      'edge',
      'accepted',
      expect.stringMatching(/^\d$/),
      'retry, tools',
      expect.stringMatching(/^\d+$/),
      '0',
    ]);
    expect(await page.getByRole('img').first().getAttribute('aria-label')).toMatch(/1: retry, failed.*tools, passed/);
    expect(await page.getByText(/^\d+, of which \d+ passed$/).count()).toBeGreaterThan(1);
  });
});
