import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from './app.ts';
import { describeInBrowser } from './chromium.ts';
import { escalate, expectAnswer, openBrowser, signIn, visit } from './visitor.ts';

describeInBrowser('deciding in the app', () => {
  let app: App;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('the second of two people is told what the first decided', async () => {
    const [ada, bob] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(ada);
    await signIn(ada, 'Ada');
    await signIn(bob, 'Bob');
    // Bob hears of nothing while he decides.
    await bob.route('**/api/inbox/changes*', (route) => route.abort());
    for (const page of [bob, ada]) {
      await page.goto(path);
      await page.getByRole('tab', { name: 'Approve' }).click();
    }
    await ada.getByRole('button', { name: 'Approve' }).click();
    await ada.getByText('This is decided').waitFor();
    await bob.getByRole('button', { name: 'Approve' }).click();
    await bob.getByText('Somebody was faster: this was decided already').waitFor();
    expect(await bob.getByRole('status').textContent()).toContain('Ada decided: approve');
  });

  test('an answer against the checks stands when a person insists', async () => {
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByLabel('total').fill('1700');
    const button = ada.getByRole('button', { name: 'Send the edited answer' });
    expect(await button.isDisabled()).toBe(true);
    await ada.getByLabel('Let it stand, whatever the checks say').check();
    await button.click();
    await expectAnswer(sender, { total: '1700' });
  });

  test('works by keyboard alone', async () => {
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('tab', { name: 'Edit' }).focus();
    await ada.keyboard.press('ArrowRight');
    await ada.keyboard.press('Tab');
    await ada.keyboard.press('Tab');
    await ada.keyboard.press('Enter');
    const outcome = ada.getByRole('status').filter({ hasText: 'This is decided' });
    await outcome.waitFor();
    expect(await outcome.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await expectAnswer(sender, { total: '1636' });
  });

  test('a stranger sees no escalation and cannot decide one', async () => {
    const stranger = await visit(browser, app.url);
    const path = await escalate(stranger);
    const id = path.split('/').at(-1);
    await stranger.goto(path);
    await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await stranger.getByText('FISHER & SONS').count()).toBe(0);

    const responses = [
      await stranger.request.post(`/api/inbox/escalations/${id}/decision`, { data: { type: 'approve' } }),
      await stranger.request.post(`/api/inbox/escalations/${id}/claim`, { data: {} }),
      await stranger.request.get(`/api/inbox/escalations/${id}`),
      await stranger.request.get('/api/inbox/escalations'),
      await stranger.request.get('/api/runs'),
      await stranger.request.post('/api/store', { data: { type: 'get', key: `escalation:${id}` } }),
    ];
    expect(responses.map((response) => response.status())).toEqual([403, 403, 403, 403, 403, 404]);
  });

  test('a forged session is no session', async () => {
    const stranger = await visit(browser, app.url);
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const payload = Buffer.from('{"sub":"Ada"}').toString('base64url');
    await stranger.context().addCookies([{ name: 'session', value: `${header}.${payload}.`, url: app.url }]);
    await stranger.goto('/inbox');
    await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('another passphrase does not sign in', async () => {
    const stranger = await visit(browser, app.url);
    await stranger.goto('/inbox');
    await stranger.getByLabel('Your name').fill('Mallory');
    await stranger.getByRole('textbox', { name: 'passphrase' }).fill('let-me-in');
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.getByText('That is not the passphrase.').waitFor();
    expect(await stranger.context().cookies()).toEqual([]);
  });

  test('a page of another site cannot decide with the session of somebody who is signed in', async () => {
    const ada = await visit(browser, app.url);
    const path = await escalate(ada);
    await signIn(ada, 'Ada');
    const address = `/api/inbox/escalations/${path.split('/').at(-1)}`;
    const response = await ada.request.post(`${address}/decision`, {
      data: { type: 'approve' },
      headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(response.status()).toBe(403);
    expect(await (await ada.request.get(address)).json()).toMatchObject({ state: 'pending' });
  });

  test('hostile words of a mail are shown as words', async () => {
    const hostile = [
      '<script>window.broken = true</script>',
      '<img src=x onerror="window.broken = true">',
      '"><svg onload="window.broken = true">',
      '[here](javascript:window.broken=true)',
    ].join('\n');
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender, `INV-2043\n${hostile}`);
    await signIn(ada, `<b onmouseover="window.broken = true">Ada</b>`);
    await ada.goto(path);
    await ada.getByRole('tab', { name: 'Reject' }).click();
    for (const text of hostile.split('\n')) expect(await ada.getByText(text).count()).toBeGreaterThan(0);
    await ada.getByLabel(/^Why/).fill(hostile);
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByText('This is decided').waitFor();
    for (const page of [sender, ada]) {
      expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
      expect(await page.locator('img, main svg[onload], b').count()).toBe(0);
    }
  });

  test('hostile words of an answer are shown as words', async () => {
    const hostile = '<img src=x onerror="window.broken = true">';
    const [sender, ada] = [await visit(browser, app.url), await visit(browser, app.url)];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByLabel('vendor', { exact: true }).fill(hostile);
    await ada.getByLabel('Let it stand, whatever the checks say').check();
    await ada.getByRole('button', { name: 'Send the edited answer' }).click();
    await expectAnswer(sender, { vendor: hostile });
    expect(await sender.locator('img').count()).toBe(0);
    expect(await sender.evaluate(() => 'broken' in globalThis)).toBe(false);
  });
});
