import { expect, test } from 'vitest';
import { passphrase } from './app.ts';
import { describeInBrowser } from './chromium.ts';
import { fileInvoices } from './filled-inbox.ts';
import { setting } from './setting.ts';
import { approve, escalate, expectAnswer, signIn } from './visitor.ts';

describeInBrowser('deciding in the app', () => {
  const here = setting();

  /** Files an escalation whose sender is of no account; the path of its page. */
  async function file(): Promise<string> {
    const [filed] = await fileInvoices(here.app, [{ number: 'INV-2' }]);
    return `/inbox/${filed?.id}`;
  }

  test('a note of a colleague stands under the title, without scrolling', async () => {
    const [ada, bob] = [await here.visit(), await here.visit()];
    const path = await file();
    await signIn(ada, 'Ada');
    await signIn(bob, 'Bob');
    await bob.goto(path);
    await bob.getByRole('button', { name: 'Approve' }).waitFor();
    await bob.mouse.move(900, 600);
    await bob.mouse.wheel(0, 10_000);
    await bob.getByLabel('A note').fill('Do NOT approve: the vendor disputes it.');
    await bob.getByLabel('A note').press('Enter');
    await bob.getByText('Do NOT approve').first().waitFor();
    await ada.goto(path);
    const newest = ada.getByRole('region', { name: 'The newest note' });
    await newest.getByText('Do NOT approve: the vendor disputes it.').waitFor();
    expect(await newest.textContent()).toContain('Bob');
    await ada.getByRole('button', { name: 'Approve' }).waitFor();

    // It follows what colleagues write, and the row of the queue counts it.
    const row = ada.getByRole('listitem').filter({ has: ada.locator(`a[href^="${path}"]`) });
    await row.getByText('1 note', { exact: true }).waitFor();
    await bob.getByLabel('A note').fill('The vendor has withdrawn.');
    await bob.getByLabel('A note').press('Enter');
    await newest.getByText('The vendor has withdrawn.').waitFor();
    await newest.getByText('The newest of 2 notes.').waitFor();
    await row.getByText('2 notes', { exact: true }).waitFor();
  });

  test('the second of two people is told what the first decided', async () => {
    const [ada, bob] = [await here.visit(), await here.visit()];
    const path = await file();
    await signIn(ada, 'Ada');
    await signIn(bob, 'Bob');
    // Bob hears of nothing while he decides.
    await bob.route('**/api/inbox/changes*', (route) => route.abort());
    await bob.goto(path);
    await bob.getByRole('button', { name: 'Reject' }).click();
    await bob.getByLabel(/^Reason/).fill('Ask for a better scan.');
    await bob.route(`**/api/inbox/escalations/${path.split('/').at(-1)}`, (route) => route.abort());
    await ada.goto(path);
    await approve(ada);
    await bob.getByRole('button', { name: 'Reject' }).click();
    await bob.getByText('Someone else was faster. Approved by Ada').waitFor();
    const unsent = bob.getByRole('region', { name: 'Your reason, which was not sent' });
    await unsent.getByText('Ask for a better scan.').waitFor();
    await unsent.getByRole('button', { name: 'Discard' }).click();
    await unsent.waitFor({ state: 'detached' });
  });

  test('whoever clicks twice decides once, and is told of their own decision when its answer was lost', async () => {
    // On a phone, the switch of the form comes to stand where the button was.
    const ada = await here.visit({ viewport: { width: 390, height: 844 } });
    const path = await file();
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('button', { name: 'Approve' }).click();
    await ada.getByRole('button', { name: 'Cancel' }).click();
    const decisions: string[] = [];
    ada.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/decision'))
        decisions.push(String(request.postData()));
    });
    // A double click opens a form, and does nothing in it.
    await ada.getByRole('button', { name: 'Reject' }).dblclick();
    await ada.getByLabel(/^Reason/).waitFor();
    expect(await ada.getByLabel('Then open the next').isChecked()).toBe(true);
    await ada.getByLabel('Then open the next').uncheck();
    // The decision arrives and its answer does not: she sends it again.
    await ada.route('**/api/inbox/changes*', (route) => route.abort());
    await ada.reload();
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByLabel(/^Reason/).fill('Ask for a better scan.');
    await ada.route('**/decision', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await ada.getByRole('button', { name: 'Reject' }).dblclick();
    await ada.getByText('The server cannot be reached. Check your connection.').waitFor();
    expect(await ada.getByLabel(/^Reason/).inputValue()).toBe('Ask for a better scan.');
    await ada.unroute('**/decision');
    expect(decisions.length).toBe(1);
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByText('You decided this before. Rejected by you').waitFor();
  });

  test('an answer against the checks stands when a person insists', async () => {
    const [sender, ada] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('button', { name: 'Edit' }).click();
    await ada.getByLabel('Total').fill('1700');
    const button = ada.getByRole('button', { name: 'Send the corrected answer' });
    expect(await button.isDisabled()).toBe(true);
    await ada.getByLabel('Use it despite a failed check').check();
    // Somebody is put on it meanwhile: nothing is decided behind their back.
    await ada.request.post(`/api/inbox/escalations/${path.split('/').at(-1)}/assign`, { data: { to: 'Bob' } });
    await button.click();
    await ada.getByText('Bob is working on this one, so nothing was decided.').waitFor();
    expect(await ada.getByLabel('Total').inputValue()).toBe('1700');
    await ada.getByRole('button', { name: 'Decide in their place' }).click();
    await expectAnswer(sender, { Total: '£1,700.00' });
    await ada.goto(path);
    await ada.getByText('This answer is used although a check failed.').waitFor();
  });

  test('an answer without a text cannot be approved, and a forced one is not said to have passed', async () => {
    const [filed] = await fileInvoices(here.app, [{ number: 'INV-1', answer: '' }]);
    const unsent = await file();
    const ada = await here.visit();
    await signIn(ada, 'Ada');
    await ada.goto(`/inbox/${filed?.id}`);
    await ada.getByRole('button', { name: 'Reject' }).waitFor();
    expect(await ada.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    const decision = { type: 'edit', text: 'thirteen', force: true };
    await ada.request.post(`/api${unsent.replace('inbox', 'inbox/escalations')}/decision`, { data: decision });
    await ada.goto(unsent);
    await ada.getByText('They have not looked at it yet.').waitFor();
    expect((await ada.request.get('/api/runs?cursor=x')).status()).toBe(404);
  });

  test('a stranger sees no escalation and cannot decide one', async () => {
    const stranger = await here.visit();
    const path = await file();
    const id = path.split('/').at(-1);
    await stranger.goto(path);
    await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await stranger.getByText('FISHER & SONS').count()).toBe(0);
    expect(await (await stranger.request.get('/api/session')).json()).toEqual({});
    for (const headers of [{}, { rsc: '1' }]) {
      expect(await (await stranger.request.get(path, { headers })).text()).not.toContain('FISHER & SONS');
    }

    const responses = [
      await stranger.request.post(`/api/inbox/escalations/${id}/decision`, { data: { type: 'approve' } }),
      await stranger.request.post(`/api/inbox/escalations/${id}/claim`, { data: {} }),
      await stranger.request.get(`/api/inbox/escalations/${id}`),
      await stranger.request.get('/api/inbox/escalations'),
      await stranger.request.get('/api/runs'),
      await stranger.request.get('/api/runs/totals'),
      await stranger.request.get(`/api/runs/${crypto.randomUUID()}`),
      await stranger.request.post('/api/store', { data: { type: 'get', key: `escalation:${id}` } }),
    ];
    expect(responses.map((response) => response.status())).toEqual([403, 403, 403, 403, 403, 403, 403, 404]);
  });

  test('a forged session is no session', async () => {
    const stranger = await here.visit();
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const payload = Buffer.from('{"sub":"Ada"}').toString('base64url');
    await stranger.context().addCookies([{ name: 'session', value: `${header}.${payload}.`, url: here.app.url }]);
    await stranger.goto('/inbox');
    await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('another passphrase does not sign in, and costs nobody their name', async () => {
    const stranger = await here.visit();
    await stranger.goto('/inbox');
    await stranger.getByLabel('Your name').fill('Mallory');
    await stranger.getByRole('textbox', { name: 'passphrase' }).fill('let-me-in');
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.getByText('Wrong passphrase.').waitFor();
    expect(await stranger.getByLabel('Your name').inputValue()).toBe('Mallory');
    expect(await stranger.context().cookies()).toEqual([]);
  });

  test('five wrong passphrases are the last of a name at an address for a while, the right one too', async () => {
    const elsewhere = { extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.7' } };
    const stranger = await here.visit(elsewhere);
    await stranger.goto('/inbox');
    async function enter(name: string, given: string, answer: string): Promise<void> {
      await stranger.getByLabel('Your name').fill(name);
      await stranger.getByRole('textbox', { name: 'passphrase' }).fill(given);
      const answered = stranger.waitForResponse((response) => response.request().method() === 'POST');
      await stranger.getByRole('button', { name: 'Sign in' }).click();
      await answered;
      await stranger.getByRole('button', { name: 'Sign in', disabled: false }).waitFor();
      await expect.poll(() => stranger.locator('#passphrase-problem').textContent()).toContain(answer);
    }
    for (let count = 0; count < 5; count += 1) await enter('Mallory', `guess ${count}`, 'Wrong passphrase.');
    await enter('mallory', passphrase, 'Too many wrong passphrases.');
    for (let count = 0; count < 14; count += 1) await enter(`Guesser ${count}`, 'guess', 'Wrong passphrase.');
    await enter('Eve', passphrase, 'Too many wrong passphrases.');
    expect(await stranger.context().cookies()).toEqual([]);

    const neighbour = await here.visit({ extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.8' } });
    await neighbour.goto('/inbox');
    await neighbour.getByLabel('Your name').fill('Mallory');
    await neighbour.getByRole('textbox', { name: 'passphrase' }).fill(passphrase);
    await neighbour.getByRole('button', { name: 'Sign in' }).click();
    await neighbour.getByText('Signed in as Mallory').waitFor();
  });

  test('a page of another site cannot decide with the session of somebody who is signed in', async () => {
    const ada = await here.visit();
    const path = await file();
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
    const [sender, ada] = [await here.visit(), await here.visit()];
    const path = await escalate(sender, `INV-2043\n${hostile}`);
    await signIn(ada, `<b onmouseover="window.broken = true">Ada</b>`);
    await ada.goto(path);
    await ada.getByRole('button', { name: 'Reject' }).click();
    for (const text of hostile.split('\n')) expect(await ada.getByText(text).count()).toBeGreaterThan(0);
    await ada.getByLabel(/^Reason/).fill(hostile);
    await ada.getByLabel('Then open the next').uncheck();
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByText('Rejected by you').first().waitFor();
    for (const page of [sender, ada]) {
      expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
      expect(await page.locator('img, svg[onload], b').count()).toBe(0);
    }
  });

  test('hostile words of an answer are shown as words', async () => {
    const hostile = '<img src=x onerror="window.broken = true">';
    const [sender, ada] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    await signIn(ada, 'Ada');
    await ada.goto(path);
    await ada.getByRole('button', { name: 'Edit' }).click();
    await ada.getByLabel('Vendor', { exact: true }).fill(hostile);
    await ada.getByLabel('Use it despite a failed check').check();
    await ada.getByRole('button', { name: 'Send the corrected answer' }).click();
    await expectAnswer(sender, { Vendor: hostile });
    expect(await sender.locator('img').count()).toBe(0);
    expect(await sender.evaluate(() => 'broken' in globalThis)).toBe(false);
  });
});
