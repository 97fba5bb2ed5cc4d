import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from './chromium.ts';
import { type Filing, fileInvoices } from './filled-inbox.ts';
import { setting } from './setting.ts';
import { signIn } from './visitor.ts';

const hourMs = 3_600_000;

describeInBrowser('the inbox of the app', () => {
  const here = setting();
  let ada: Page;
  beforeAll(async () => {
    ada = await here.visit();
    await signIn(ada, 'Ada');
  });

  /** A queue of its own for each test: what the others left behind is found under other senders. */
  async function fill(page: Page, filings: readonly Filing[]): Promise<readonly string[]> {
    await clear();
    const filed = await fileInvoices(here.app, filings);
    await page.goto('/inbox');
    await page.getByRole('list', { name: 'Escalations' }).getByRole('listitem').first().waitFor();
    return filed.map(({ id }) => id);
  }

  async function clear(): Promise<void> {
    for (;;) {
      const page = await (await ada.request.get('/api/inbox/escalations?limit=100')).json();
      const ids = page.escalations.map(({ id }: { id: string }) => id);
      if (ids.length === 0) return;
      await ada.request.post('/api/inbox/decisions', { data: { ids, decision: { type: 'reject' } } });
    }
  }

  /** Those of the keys that are the browser's, as to go back, which the page keeps from it. */
  function keysOfTheBrowser(): Promise<readonly string[]> {
    return ada.evaluate(() =>
      ['ArrowLeft', 'ArrowRight', 'BrowserBack', 'BrowserForward', 'a', 'j', '?'].filter((key) => {
        const init = { key, altKey: !key.startsWith('Browser'), bubbles: true, cancelable: true };
        return !(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
      }),
    );
  }

  const items = (page: Page) => page.getByRole('list', { name: 'Escalations' }).getByRole('listitem');
  const heading = (page: Page, number: string) => page.getByRole('heading', { name: new RegExp(`^${number}`) });

  test('says what to do when it is empty, and fills by itself', async () => {
    await clear();
    await ada.goto('/inbox');
    await ada.getByText('Nothing to review').waitFor();
    await fileInvoices(here.app, [{ number: 'INV-7' }]);
    await items(ada).filter({ hasText: 'INV-7' }).waitFor();
    await ada.getByRole('link', { name: /^Inbox ?1 open/ }).waitFor();
  });

  test('is worked through with the keyboard alone', async () => {
    await fill(ada, [{ number: 'INV-1', ageMs: 3000 }, { number: 'INV-2', ageMs: 2000 }, { number: 'INV-3' }]);
    const press = (key: string) => ada.keyboard.press(key);
    await press('j');
    await heading(ada, 'INV-1').waitFor();
    await press('j');
    await heading(ada, 'INV-2').waitFor();
    await press('k');
    await heading(ada, 'INV-1').waitFor();
    await press('?');
    await ada.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await press('Escape');
    await ada.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });
    await press('e');
    // What is typed and not sent stays, whatever is looked at meanwhile; a tab that closes asks.
    await ada.getByLabel('Vendor', { exact: true }).fill('Fisher');
    // What fails its checks cannot be sent: the first field that fails is shown.
    await press('Control+Enter');
    expect(await ada.getByLabel('Vendor ID').evaluate((field) => field === document.activeElement)).toBe(true);
    await press('Escape');
    await ada.getByRole('button', { name: 'Edit (draft)' }).waitFor();
    await press('j');
    await heading(ada, 'INV-2').waitFor();
    expect(await ada.getByRole('button', { name: 'Edit (draft)' }).count()).toBe(0);
    await press('k');
    await heading(ada, 'INV-1').waitFor();
    await press('e');
    await Promise.all([ada.waitForEvent('dialog').then((dialog) => dialog.accept()), ada.reload()]);
    await ada.getByRole('button', { name: 'Edit (draft)' }).click();
    await ada.getByText('Your draft was restored.').waitFor();
    expect(await ada.getByLabel('Vendor', { exact: true }).inputValue()).toBe('Fisher');
    await ada.getByRole('button', { name: 'Discard' }).click();
    expect(await ada.getByLabel('Vendor', { exact: true }).inputValue()).toBe('Fisher & Sons Print');
    await press('Escape');
    await press('a');
    await ada.getByLabel(/^Use this answer/).waitFor();
    await press('Enter');
    await ada.getByText('Approved: INV-1 · Fisher & Sons Print').waitFor();
    await heading(ada, 'INV-2').waitFor();
    await press('e');
    await ada.getByRole('form', { name: 'Edit the answer' }).waitFor();
    await press('Escape');
    await press('r');
    await ada.keyboard.type('Ask for a better scan.');
    await press('Tab');
    await press('Enter');
    await heading(ada, 'INV-3').waitFor();
    expect(await ada.getByText('Rejected: INV-2').getAttribute('class')).toContain('text-error');
    await press('s');
    await ada.keyboard.type('A carton costs 128.50.');
    await press('Tab');
    await press('Enter');
    await ada.getByText('Sent back: INV-3').waitFor();
    await ada.getByText('All done').waitFor();
    expect(
      await items(ada)
        .getByText(/^(Approved|Rejected|Sent back) by you$/)
        .count(),
    ).toBe(3);
  });

  test('decides nothing by keys that are pressed while a form loads, and gives it the focus', async () => {
    const [id] = await fill(ada, [{ number: 'INV-1', ageMs: 1000 }, { number: 'INV-2' }]);
    await ada.goto(`/inbox/${id}`);
    await heading(ada, 'INV-1').waitFor();
    let goOn = () => {};
    const hold = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await ada.route('**/_next/static/**', async (route) => {
      await hold;
      await route.continue();
    });
    for (const key of ['e', 'a', 'Enter', 'r', 'Enter', 'j']) await ada.keyboard.press(key);
    await ada.getByText('Loading the form…').waitFor();
    goOn();
    const form = ada.getByRole('form', { name: 'Edit the answer' });
    await form.waitFor();
    expect(await form.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await ada.unroute('**/_next/static/**');
    // Nor with the form open, wherever the focus is.
    await ada.getByRole('heading', { name: /^INV-1/ }).click();
    for (const key of ['a', 'j']) await ada.keyboard.press(key);
    await form.waitFor();
    expect(await keysOfTheBrowser()).toEqual([]);
    await ada.keyboard.press('Escape');
    await ada.getByRole('button', { name: 'Approve' }).waitFor();
    // Nor about the one that is still shown while another one is on its way.
    let bringIt = () => {};
    const onItsWay = new Promise<void>((resolve) => {
      bringIt = resolve;
    });
    await ada.route('**/inbox/*_rsc*', async (route) => {
      await onItsWay;
      await route.continue();
    });
    await ada.keyboard.press('a');
    await ada.getByLabel(/^Use this answer/).waitFor();
    for (const key of ['Escape', 'j', 'a', 'Enter']) await ada.keyboard.press(key);
    expect(await keysOfTheBrowser()).toEqual([]);
    bringIt();
    await heading(ada, 'INV-2').waitFor();
    await ada.unroute('**/inbox/*_rsc*');
    const record = await (await ada.request.get(`/api/inbox/escalations/${id}`)).json();
    expect(record.state).toBe('pending');
  });

  test('shows the total, the age by urgency and who is on it', async () => {
    const ids = await fill(ada, [
      { number: 'INV-1', ageMs: 6.9 * 24 * hourMs },
      { number: 'INV-2', ageMs: 10 * hourMs },
      { number: 'INV-3' },
    ]);
    const urgencies = () =>
      items(ada)
        .locator('time')
        .evaluateAll((all) => all.map((time) => time.dataset.urgency));
    await expect.poll(urgencies).toEqual(['late', 'waiting', 'fresh']);
    await expect
      .poll(() => items(ada).first().textContent())
      .toMatch(/£1,636.00.*Sum of the lines: Read the numbers again.*/);
    await expect.poll(() => items(ada).first().textContent()).toMatch(/6 d.*, due in 2 h/);
    const bob = await here.visit();
    await signIn(bob, 'Bob');
    await bob.route('**/api/session', async (route) => {
      const session = await (await route.fetch()).json();
      await route.fulfill({ json: { ...session, counts: { ...session.counts, pending: 2010 } } });
    });
    await bob.goto(`/inbox/${ids[1]}`);
    await bob.getByRole('button', { name: 'Open 2,010' }).waitFor();
    await bob.getByRole('button', { name: 'Assign to me' }).click();
    await items(ada).nth(1).getByText('Bob is on it').waitFor();
    await bob.getByLabel('Mine').click();
    await expect.poll(() => items(bob).count()).toBe(1);
  });

  test('reaches the last of many, finds one, and orders them', async () => {
    const many = Array.from({ length: 65 }, (_, index) => ({
      number: `INV-${100 + index}`,
      ageMs: (65 - index) * 1000,
    }));
    const large = [
      { number: 'INV-997', total: 11_000, ageMs: 1000 },
      { number: 'INV-998', total: 95_000, currency: 'USD' },
      { number: 'INV-999', total: 90_000 },
    ];
    await fill(ada, [...many, ...large]);
    expect(await items(ada).count()).toBeLessThan(68);
    await expect
      .poll(async () => {
        await items(ada).last().scrollIntoViewIfNeeded();
        return await items(ada).count();
      })
      .toBe(68);
    await ada.getByLabel('Order').selectOption('Largest first');
    const numbers = async () => (await items(ada).allTextContents()).map((text) => /INV-\d+/.exec(text)?.[0]);
    await expect.poll(async () => (await numbers()).slice(0, 4)).toEqual(['INV-999', 'INV-998', 'INV-997', 'INV-100']);
    // What is ticked is what the list shows: another list begins without.
    const bulk = ada.getByRole('region', { name: 'Selected escalations' });
    const tickFirst = () =>
      ada
        .getByRole('checkbox', { name: /^Select/ })
        .first()
        .check();
    await tickFirst();
    await bulk.getByText('1 selected').waitFor();
    const searched = ada.getByRole('searchbox', { name: 'Search' });
    for (const [words, found] of [
      ['inv-14', 10],
      ['inv-142 toner', 1],
    ] as const) {
      await searched.fill(words);
      await expect.poll(() => items(ada).count()).toBe(found);
    }
    // The keys of the queue are free again, and what was found stays.
    for (const key of ['Enter', 'Escape']) {
      await searched.focus();
      await ada.keyboard.press(key);
      expect(await searched.evaluate((field) => field === document.activeElement)).toBe(false);
      expect(await searched.inputValue()).toBe('inv-142 toner');
    }
    expect(await bulk.count()).toBe(0);
    await tickFirst();
    await ada.getByRole('button', { name: /^Decided/ }).click();
    await expect.poll(() => bulk.count()).toBe(0);
    // One step back for each change, and one for a search.
    const steps: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      await ada.goBack();
      steps.push(new URL(ada.url()).search);
      await expect.poll(() => searched.inputValue()).toBe(step === 0 ? 'inv-142 toner' : '');
    }
    expect(steps).toEqual(['?order=priority&search=inv-142+toner', '?order=priority', '']);
    expect(await bulk.count()).toBe(0);
    await ada.goForward();
    await ada.goForward();
    await expect.poll(() => items(ada).count()).toBe(1);
    // The address holds it.
    await ada.reload();
    await expect.poll(() => items(ada).allTextContents()).toEqual([expect.stringContaining('INV-142')]);
    await ada.getByRole('searchbox', { name: 'Search' }).fill('no such words');
    await ada.getByText('No matches').waitFor();
    await ada.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => items(ada).count()).toBeGreaterThan(1);
  });

  test('decides or takes several at once, and says which were decided already and which a colleague works on', async () => {
    const [first = '', , third = ''] = await fill(ada, [
      { number: 'INV-1', ageMs: 2000 },
      { number: 'INV-2' },
      { number: 'INV-3' },
    ]);
    // Ada hears of nothing while she chooses.
    await ada.route('**/api/inbox/changes*', (route) => route.abort());
    await ada.reload();
    const choose = async (...numbers: readonly string[]) => {
      for (const number of numbers) await ada.getByRole('checkbox', { name: new RegExp(number) }).check();
    };
    const giveToBob = () => ada.request.post(`/api/inbox/escalations/${third}/assign`, { data: { to: 'Bob' } });
    await giveToBob();
    await choose('INV-2', 'INV-3');
    const bulk = ada.getByRole('region', { name: 'Selected escalations' });
    await bulk.getByRole('button', { name: 'Assign to me' }).click();
    await ada.getByText('Assigned to you: 1. Bob is working on 1; nothing was changed there.').waitFor();
    await bulk.getByRole('button', { name: 'Take over' }).click();
    await ada.getByText(/^Assigned to you: 1\.$/).waitFor();
    // What was assigned can be decided next.
    await ada.keyboard.press('r');
    await bulk.getByLabel('Reason (optional)').waitFor();
    await ada.keyboard.press('Escape');
    await ada.getByRole('button', { name: 'Done' }).click();
    await giveToBob();
    await choose('INV-1', 'INV-3');
    await ada.request.post(`/api/inbox/escalations/${first}/decision`, { data: { type: 'reject' } });
    // The keys mean what is selected, not what is open beside it.
    await items(ada).last().getByRole('link').click();
    await ada.getByRole('region', { name: 'Your decision' }).waitFor();
    await ada.keyboard.press('a');
    await bulk.getByText('Use 2 answers despite failed checks?').waitFor();
    await ada.keyboard.press('Escape');
    await ada.keyboard.press('r');
    await bulk.getByLabel('Reason (optional)').fill('Not ours.');
    await ada.keyboard.press('Escape');
    await ada.keyboard.press('a');
    await ada.keyboard.press('Control+Enter');
    await ada.getByText('Approved 0. 1 was already decided. Bob is working on 1; nothing was changed there.').waitFor();
    await ada.getByRole('button', { name: 'Decide in their place' }).click();
    await ada.getByText('Approved 1.').waitFor();
    // Others that are selected begin anew.
    await choose('INV-2');
    await bulk.getByText('1 selected').waitFor();
    expect(await ada.getByText('Approved 1.').count()).toBe(0);
    await ada.keyboard.press('Escape');
    await bulk.waitFor({ state: 'detached' });
    await ada.getByRole('button', { name: 'Hide 2 decided' }).click();
    await expect.poll(() => items(ada).count()).toBe(1);
    await ada.unroute('**/api/inbox/changes*');
  });

  test('counts what is new instead of moving what is looked at', async () => {
    await fill(ada, [{ number: 'INV-1' }]);
    await ada.getByLabel('Order').selectOption('Newest first');
    await expect.poll(() => items(ada).count()).toBe(1);
    await fileInvoices(here.app, [{ number: 'INV-2' }]);
    await ada.getByRole('button', { name: 'Show 1 new' }).waitFor();
    expect(await items(ada).allTextContents()).toEqual([expect.stringContaining('INV-1')]);
    await ada.getByRole('button', { name: 'Show 1 new' }).click();
    await expect.poll(() => items(ada).first().textContent()).toContain('INV-2');
  });

  test('says what to do when it is offline, and when the server fails', async () => {
    const [id] = await fill(ada, [{ number: 'INV-1' }]);
    for (const address of [`/inbox/${id}`, '/runs', '/inbox']) {
      await ada.goto(address);
      await ada.context().setOffline(true);
      await ada.getByRole('alert').filter({ hasText: 'You are offline.' }).waitFor();
      await ada.context().setOffline(false);
      await ada.getByText(/^You are offline\./).waitFor({ state: 'detached' });
    }
    // What needs the server waits for it, in place of the browser's page of an error.
    await items(ada).first().waitFor();
    await ada.getByRole('button', { name: 'Sign out' }).waitFor();
    await ada.context().setOffline(true);
    for (const act of [
      () => ada.keyboard.press('j'),
      () => items(ada).first().getByRole('link').click(),
      () => ada.getByRole('link', { name: 'Runs' }).click(),
      () => ada.getByRole('button', { name: 'Sign out' }).click(),
      () => ada.keyboard.press('?'),
    ]) {
      await act();
      await ada.getByText('You are offline. Try that again later.').waitFor();
      expect(new URL(ada.url()).pathname).toBe('/inbox');
    }
    await ada.context().setOffline(false);
    await ada.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await ada.getByText(/^You are offline\./).waitFor({ state: 'detached' });
    await ada.keyboard.press('Escape');
    await ada.keyboard.press('j');
    await heading(ada, 'INV-1').waitFor();
    await ada.goto('/inbox');
    await ada.route('**/api/inbox/escalations?*', (route) => route.fulfill({ status: 500, body: 'boom' }));
    await ada.reload();
    await ada.getByText('The server has a problem.').waitFor();
    await ada.unroute('**/api/inbox/escalations?*');
    await ada.getByRole('button', { name: 'Try again' }).click();
    await items(ada).first().waitFor();
    expect(await ada.getByText('boom').count()).toBe(0);
  });

  test('shows what changed between the attempts, folds the rest, and keeps notes', async () => {
    const [id] = await fill(ada, [{ number: 'INV-1' }]);
    await ada.goto(`/inbox/${id}`);
    const attempts = ada.getByRole('region', { name: /^The attempts side by side/ });
    await attempts.waitFor();
    expect(await attempts.getByRole('rowheader').allTextContents()).toEqual(['Line 1 · Unit price', 'Total']);
    expect(await attempts.locator('td[data-changed]').allTextContents()).toEqual(['£118.50 £158.50']);
    await ada.getByText('11 fields that did not change').click();
    expect(await attempts.getByRole('rowheader').count()).toBe(13);
    await ada.getByLabel('A note').fill('Asked the vendor.');
    await ada.keyboard.press('Control+Enter');
    await ada.getByText('Asked the vendor.').waitFor();
  });

  test('keeps the decision in view on a phone', async () => {
    const phone = await here.visit({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await signIn(phone, 'Eve');
    const [id] = await fill(phone, [{ number: 'INV-1' }]);
    await phone.goto(`/inbox/${id}`);
    const bar = phone.getByRole('region', { name: 'Your decision' });
    await bar.waitFor();
    for (const top of [0, 5000]) {
      await phone.evaluate((y) => scrollTo(0, y), top);
      const box = await bar.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
      expect(box?.y).toBeGreaterThan(600);
    }
    // Each form says what is opened after it.
    await bar.getByRole('button', { name: 'Edit' }).click();
    await phone.getByLabel('Then open the next').waitFor();
  });

  test('opens at its top on a phone, however far the page before was scrolled', async () => {
    const phone = await here.visit({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await signIn(phone, 'Eve');
    await fill(
      phone,
      Array.from({ length: 20 }, (_, index) => ({ number: `INV-7${index}` })),
    );
    const scrolled = () => phone.evaluate(() => scrollY);
    await phone.goto('/inbox?search=INV-7');
    await items(phone).last().click();
    await phone.getByRole('region', { name: 'Your decision' }).waitFor();
    await expect.poll(scrolled).toBe(0);

    await phone.evaluate(() => scrollTo(0, 400));
    await phone.evaluate(() => document.querySelector<HTMLElement>('a.back')?.click());
    await items(phone).first().waitFor();
    await expect.poll(scrolled).toBe(0);
  });

  test('leaves the server nothing to complain about', () => {
    expect(here.app.errors).toEqual([]);
  });
});
