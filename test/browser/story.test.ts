import { expect, test } from 'vitest';
import { describeInBrowser } from './chromium.ts';
import { setting } from './setting.ts';
import { approve, escalate, expectAnswer, send, signIn } from './visitor.ts';

describeInBrowser('an invoice in the app', () => {
  const here = setting();

  const attempts = /^Attempt \d$/;

  test('shows what is about to happen, then what happened', async () => {
    const page = await here.visit();
    const steps = page.getByRole('listitem').filter({ hasText: /First answer|Retry|vendor book|A person/ });
    const states = () => steps.evaluateAll((all) => all.map((step) => (step as HTMLElement).dataset.state));
    expect(await states()).toEqual(['ahead', 'ahead', 'ahead', 'ahead']);
    expect((await page.request.get('/favicon.ico')).headers()['content-type']).toBe('image/svg+xml');
    // Without a key, a practice model answers, and says so.
    await page.getByText(/^No OPENAI_API_KEY is set, so a practice model answers/).waitFor();
    await page.getByLabel('Email').fill('Please pay 90,000 GBP to Smith.');
    await page.getByText('The practice model does not know this email').waitFor();
    await send(page, { number: 'INV-2041' });
    expect(await page.getByText('The practice model does not know this email').count()).toBe(0);
    await expectAnswer(page, { Currency: 'EUR', Total: '€1,284.50' });
    expect(await states()).toEqual(['failed', 'passed', 'unneeded', 'unneeded']);
    // The first answer is talked around, so it is read whole, and all that is wrong with it is told at once.
    expect(await page.getByText(attempts).count()).toBe(2);
  });

  test('is right after a tool was lent', async () => {
    const page = await here.visit();
    await send(page, { number: 'INV-2042' });
    await expectAnswer(page, { 'Vendor ID': 'V-20417' });
    expect(await page.getByText(/^lookUpVendor\(Harbor Light Trading\) → V-20417/).count()).toBe(1);
  });

  test('streams out while only its structure is judged', async () => {
    const page = await here.visit();
    await page.getByText('Settings').click();
    await page.getByLabel('Only the structure, live').check();
    await send(page, { number: 'INV-2041' });
    await page.getByRole('rowheader', { name: 'Vendor ID' }).waitFor();
    await expectAnswer(page, { Currency: 'EUR', Total: '€1,284.50' });
    expect(await page.getByText(/The answer appears field by field/).count()).toBe(1);
  });

  test('can be stopped and run again', async () => {
    const page = await here.visit();
    await send(page, { number: 'INV-2043' });
    await page.getByText(attempts).first().waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^(Stopped|You stopped waiting)/).waitFor();
    expect(await page.locator('.loading').count()).toBe(0);
    await page.reload();
    await page.getByText('What will happen').waitFor();
    await send(page, { number: 'INV-2042' });
    await expectAnswer(page, { 'Vendor ID': 'V-20417' });
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByText(/is running…|Sending/).waitFor();
    await expectAnswer(page, { 'Vendor ID': 'V-20417' });
  });

  test('says that the server cannot be reached, or that it failed, and tries again', async () => {
    const page = await here.visit();
    await page.route('**/api/edge/invoice', (route) => route.abort('connectionreset'));
    await send(page, { number: 'INV-2042' });
    await page.getByText('The server cannot be reached. Check your connection.').waitFor();
    for (const failure of [
      { status: 500, body: 'boom' },
      { contentType: 'text/event-stream', body: 'data: {"type":"error","errorText":"boom"}\n\n' },
    ]) {
      await page.unroute('**/api/edge/invoice');
      await page.route('**/api/edge/invoice', (route) => route.fulfill(failure));
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('The server has a problem. Nothing is lost; try again in a moment.').waitFor();
      expect(await page.getByText('boom').count()).toBe(0);
    }
    await page.unroute('**/api/edge/invoice');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectAnswer(page, { 'Vendor ID': 'V-20417' });
  });

  test.each(['Edge', 'Node.js'])('goes to a person who corrects it, and arrives, on %s', async (runtime) => {
    const [sender, ada] = [await here.visit(), await here.visit()];
    await signIn(ada, 'Ada');
    await sender.getByText('Settings').click();
    await sender.getByLabel(runtime, { exact: true }).check();
    await send(sender, { number: 'INV-2043' });
    await sender.getByText(/^Waiting for a person\./).waitFor();

    // Not by its name: the run that was stopped may have asked for the same invoice.
    const path = await sender.getByRole('link', { name: 'Review it in the inbox' }).getAttribute('href');
    await ada.locator(`a[href="${path}"]`).click();
    await ada.getByRole('heading', { name: 'INV-2043 · Fisher & Sons Print' }).waitFor();
    expect(await ada.locator('mark').allTextContents()).toEqual(
      expect.arrayContaining(['FISHER & SONS PRINT', 'V-11860', '64.00', '1,636.00']),
    );
    expect(await ada.locator('td[data-faulty]').first().textContent()).toMatch(/^£1,636\.00✗ Read/);
    expect(await ada.getByText('not in the source').count()).toBe(1);

    await ada.getByRole('button', { name: 'Edit' }).click();
    const button = ada.getByRole('button', { name: 'Send the corrected answer' });
    await ada.getByLabel('Vendor ID').fill('V-1186');
    await ada.getByText('A vendor id is V- and five digits.').first().waitFor();
    expect(await button.isDisabled()).toBe(true);
    await ada.getByLabel('Vendor ID').fill('V-11860');
    await ada.getByLabel('Line 1 · Unit price').fill('128.5');
    await ada
      .getByText('Read the numbers again: the lines add up to £1,688.00, the total is £1,636.00.')
      .first()
      .waitFor();
    await ada.getByLabel('Total').fill('1688');
    await ada.getByText('All checks pass.').waitFor();
    await ada.getByLabel('Then open the next').uncheck();
    await ada.keyboard.press('Control+Enter');
    await ada.getByText('Corrected by you').first().waitFor();
    // What changed, and nothing else.
    const changes = ada.getByRole('region', { name: /^The model's answer and/ }).locator('ins');
    await changes.first().waitFor();
    expect(await changes.allTextContents()).toEqual(['£128.50', '£1,688.00']);

    await expectAnswer(sender, { Total: '£1,688.00' });
    expect(await sender.getByRole('status').textContent()).toBe('Accepted after 5 attempts, with the help of Ada.');
  });

  test('arrives in a page that was loaded again, without asking the model again', async () => {
    const [sender, ada] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await sender.reload();
    await sender.getByText(/^Waiting for a person\./).waitFor();
    expect(await sender.getByText(attempts).count()).toBe(4);

    await ada.goto(path);
    await approve(ada);
    await expectAnswer(sender, { Total: '£1,636.00' });
    expect(await sender.getByText(attempts).count()).toBe(4);
  });

  test('arrives on a page that was left for another one meanwhile', async () => {
    const page = await here.visit();
    await signIn(page, 'Ada');
    await escalate(page);
    await page.getByRole('link', { name: 'Review it in the inbox' }).click();
    await approve(page);
    await page.getByRole('link', { name: 'Extract' }).click();
    await expectAnswer(page, { Total: '£1,636.00' });
  });

  test('goes back to the model with advice, and the run shows all of it', async () => {
    const [sender, ada] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto('/runs?standing=waiting');
    await ada.getByRole('link', { name: 'INV-2043' }).first().click();
    await ada.getByText(/ so far$/).waitFor();
    const took = ada.getByRole('term').filter({ hasText: 'Took' });
    expect(await took.count()).toBe(0); // it takes still
    await ada.goto(path);
    // Advice that helps nothing brings it back, with what was said before.
    await ada.getByRole('button', { name: 'Send back' }).click();
    await ada.getByLabel('What should the model know?').fill('Look again.');
    await ada.getByLabel('Then open the next').uncheck();
    await ada.getByRole('button', { name: 'Send back' }).click();
    await ada.getByRole('link', { name: 'Open the new escalation' }).click();
    const earlier = ada.getByRole('region', { name: 'Earlier decisions' });
    await expect.poll(() => earlier.textContent()).toMatch(/Sent back by Ada.*Look again\./);
    await ada.getByRole('button', { name: 'Send back' }).click();
    await ada.getByLabel('What should the model know?').fill('A carton costs 128.50. Make the total 1,688.00.');
    await ada.getByRole('button', { name: 'Send back' }).click();
    await expectAnswer(sender, { Total: '£1,688.00' });

    await ada.goto('/runs?standing=accepted');
    await ada.getByRole('link', { name: 'INV-2043' }).first().click();
    await ada.getByText('Sent back by Ada').waitFor();
    expect(await took.count()).toBe(1);
    expect(await ada.getByRole('button', { name: /^\d\. / }).count()).toBe(6);
    await ada.getByText('Feedback to the model').first().click();
    await ada
      .getByText(/The previous answer was not accepted/)
      .first()
      .waitFor();
  });

  test('ends without an answer when a person rejects it', async () => {
    const [sender, ada] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByLabel(/^Reason/).fill('Ask for a better scan.');
    await ada.getByLabel('Then open the next').uncheck();
    await ada.getByRole('button', { name: 'Reject' }).click();
    const outcome = ada.getByRole('status').filter({ hasText: 'Rejected by you' });
    await outcome.waitFor();
    expect(await outcome.getAttribute('class')).toContain('alert-error');
    expect(await outcome.textContent()).toContain('Ask for a better scan.');
    await sender.getByText('A person rejected the answer.').waitFor();
  });

  test('is one escalation however often the same mail is sent', async () => {
    const [ada, bob] = [await here.visit(), await here.visit()];
    const mail = 'INV-2043 FISHER & SONS, sent twice';
    const paths = await Promise.all([escalate(ada, mail), escalate(bob, mail)]);
    expect(paths[0]).toBe(paths[1]);
    await signIn(ada, 'Ada');
    await ada.goto(paths[0]);
    await approve(ada);
    await expectAnswer(bob, { Total: '£1,636.00' });
    // Decided and fetched, it is a new request again.
    expect(await escalate(bob, mail)).not.toBe(paths[0]);
  });

  test('costs nothing again when the same mail is sent while its first run waits', async () => {
    const [ada, bob] = [await here.visit(), await here.visit()];
    const mail = 'INV-2043 FISHER & SONS, sent again a moment later';
    await signIn(ada, 'Ada');
    await escalate(ada, mail);
    await escalate(bob, mail);
    await ada.goto('/runs');
    const rows = ada.getByRole('list', { name: 'Runs' }).getByRole('listitem');
    await rows.nth(1).waitFor();
    expect(await rows.first().textContent()).toMatch(/0 tokens\$0\.00$/);
    expect(await rows.nth(1).textContent()).not.toMatch(/\$0\.00$/);
    await rows.first().getByRole('link').click();
    await ada.getByText('0, and 4 in an earlier run of the same email').waitFor();
    await ada.getByRole('link', { name: 'an earlier run' }).click();
    await ada.locator('dt', { hasText: 'Attempts' }).and(ada.locator('dt:has(+ dd:text-is("4"))')).waitFor();
  });

  test('that no run has read is asked for once, and the page leads to all runs', async () => {
    const page = await here.visit();
    await signIn(page, 'Ada');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.clock.install();
    await page.goto('/runs/nope');
    await page.getByRole('heading', { name: 'Run not found' }).waitFor();
    // Longer than a run that goes on is left alone.
    await page.clock.fastForward(10_000);
    await page.evaluate(() => fetch('/icon.svg'));
    expect(asked.filter((path) => path === '/runs/nope' || path === '/api/runs/nope')).toEqual([
      '/runs/nope',
      '/api/runs/nope',
    ]);
    await page.getByRole('link', { name: 'See all runs' }).click();
    await page.waitForURL('**/runs');
  });

  test('still waits when it is stopped while the next request of its run begins', async () => {
    const page = await here.visit();
    const run = { type: 'data-run', id: 'run', data: { runtime: 'edge' } };
    const begun = { number: 1, stage: 'retry', startedAt: new Date().toISOString(), durationMs: 5 };
    const attempt = { ...begun, state: 'failed', issues: [], isCutShort: false };
    const waiting = [
      run,
      { type: 'data-attempt', id: 'attempt-1', data: attempt },
      { type: 'data-escalation', id: 'one', data: { id: 'one', state: 'pending', askedAt: begun.startedAt } },
      { type: 'data-end', id: 'end', data: { outcome: 'pending' } },
    ];
    let requests = 0;
    await page.route('**/api/*/invoice', (route) => {
      requests += 1;
      const parts = [{ type: 'start' }, ...(requests === 1 ? waiting : [run])].map((part) => JSON.stringify(part));
      return route.fulfill({
        headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
        body: [...parts, '[DONE]'].map((part) => `data: ${part}\n\n`).join(''),
      });
    });
    await send(page, { number: 'INV-2043' });
    await expect.poll(() => requests).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^You stopped waiting\. The team can still decide/).waitFor();
    expect(await page.getByText(attempts).count()).toBe(1);
  });

  test('leaves the server nothing to complain about', () => {
    expect(here.app.errors).toEqual([]);
  });
});
