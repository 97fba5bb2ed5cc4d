import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { escalationLink } from '../../src/http/index.ts';
import type { Escalation } from '../../src/index.ts';
import { secret } from './app.ts';
import { describeInBrowser } from './chromium.ts';
import { setting } from './setting.ts';
import { escalate, expectAnswer, signIn } from './visitor.ts';

describeInBrowser('a link that the team is sent', () => {
  const chat: string[] = [];
  const eventLog: string[] = [];
  let webhooks: Server;
  const here = setting(async () => {
    webhooks = await startWebhooks({ '/chat': chat, '/events': eventLog });
    const { port } = webhooks.address() as AddressInfo;
    return {
      SLACK_WEBHOOK_URL: `http://127.0.0.1:${port}/chat`,
      EVENTS_WEBHOOK_URL: `http://127.0.0.1:${port}/events`,
    };
  });
  afterAll(() => webhooks?.close());

  /** The link in the message about an escalation. */
  function linkTo(path: string): string {
    const message = chat.find((text) => text.includes(path)) ?? '';
    return /<([^|>]*\/link\/[^|>]*)\|/.exec(message)?.[1] ?? '';
  }

  async function recordOf(page: Page, path: string): Promise<Escalation> {
    return await (await page.request.get(`/api/inbox/escalations/${path.split('/').at(-1)}`)).json();
  }

  test('decides without signing in, once', async () => {
    const [sender, visitor] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    const link = linkTo(path);
    await visitor.goto(link);
    await visitor.getByText('12 x paper, A2, carton').first().waitFor({ state: 'attached' });
    await visitor.getByRole('button', { name: 'Approve the answer as it is' }).click();
    await visitor.getByRole('heading', { name: 'This is decided' }).waitFor();
    await expectAnswer(sender, { Total: '£1,636.00' });

    await visitor.goto(link);
    await visitor.getByText(/The answer was approved/).waitFor();
    expect(await visitor.getByRole('button').count()).toBe(0);
    const second = await visitor.request.post(link, { form: { type: 'reject' } });
    expect(second.status()).toBe(409);
    expect(await second.text()).toContain('The answer was approved');
  });

  test('is corrected field by field where no script runs, and a second click decides nothing else', async () => {
    const [sender, visitor] = [await here.visit(), await here.visit({ javaScriptEnabled: false })];
    const path = await escalate(sender);
    await visitor.goto(linkTo(path));
    await visitor.getByText('INV-2043 · Fisher & Sons Print').waitFor();
    await visitor.getByLabel('Line 1 · Unit price').fill('128.5');
    await visitor.getByLabel('Total', { exact: true }).fill('1688');
    await visitor.getByRole('button', { name: 'Send the corrected answer' }).dblclick();
    await visitor.getByText(/The answer was edited/).waitFor();
    await expectAnswer(sender, { Total: '£1,688.00' });
  });

  test('decides nothing by being opened', async () => {
    const page = await here.visit();
    const path = await escalate(page);
    await page.request.get(linkTo(path));
    await page.request.head(linkTo(path));
    await signIn(page, 'Ada');
    expect(await recordOf(page, path)).toMatchObject({ state: 'pending' });
  });

  test('refuses a correction that fails the checks, and keeps it in the form', async () => {
    const [sender, visitor] = [await here.visit(), await here.visit()];
    const path = await escalate(sender);
    await visitor.goto(linkTo(path));
    await visitor.getByLabel('Total', { exact: true }).fill('1700');
    await visitor.getByRole('button', { name: 'Send the corrected answer' }).click();
    await visitor
      .getByText(/the total is £1,700\.00/)
      .first()
      .waitFor();
    expect(await visitor.getByLabel('Total', { exact: true }).inputValue()).toBe('1700');
    expect(await sender.getByText(/^Waiting for a person\./).count()).toBe(1);
  });

  test('shows the invoice that came back to the team, as what it was changed to fails the checks', async () => {
    const [sender, visitor] = [await here.visit(), await here.visit()];
    await signIn(visitor, 'Ada');
    const path = await escalate(sender);
    const record = await recordOf(visitor, path);
    const text = JSON.stringify({ ...JSON.parse(record.proposal), total: 1700 });
    const decided = await visitor.request.post(`/api/inbox/escalations/${path.split('/').at(-1)}/decision`, {
      data: { type: 'edit', text },
    });
    expect(decided.status()).toBe(200);

    await sender.getByText(/the total is £1,700\.00/).waitFor();
    const again = sender.locator(`a[href^="/inbox/"]:not([href="${path}"])`);
    await again.waitFor();
    await visitor.goto(String(await again.getAttribute('href')));
    await visitor.getByText('That answer failed the checks, so the invoice is here again.').waitFor();
    await visitor.goto(linkTo(String(await again.getAttribute('href'))));
    await visitor
      .getByText(/the total is £1,700\.00/)
      .first()
      .waitFor();
  });

  test('is refused when it was changed on its way', async () => {
    const page = await here.visit();
    const path = await escalate(page);
    const link = linkTo(path);
    const place = link.length - 60;
    const changed = `${link.slice(0, place)}${link[place] === 'A' ? 'B' : 'A'}${link.slice(place + 1)}`;
    await page.goto(changed);
    await page.getByText('This link is not one of ours, or was changed on its way.').waitFor();
    expect((await page.request.post(changed, { form: { type: 'approve' } })).status()).toBe(403);
    await signIn(page, 'Ada');
    expect(await recordOf(page, path)).toMatchObject({ state: 'pending' });
  });

  test('is refused when its time is over', async () => {
    const page = await here.visit();
    const path = await escalate(page);
    await signIn(page, 'Ada');
    const escalation = await recordOf(page, path);
    const link = await escalationLink({ url: `${here.app.url}/api/inbox`, secret, escalation, ttlMs: 1 });
    await page.goto(link);
    await page.getByText('The time to decide is over.').waitFor();
    expect((await page.request.post(link, { form: { type: 'approve' } })).status()).toBe(410);
    expect(await recordOf(page, path)).toMatchObject({ state: 'pending' });
  });

  test('shows hostile words as words', async () => {
    const page = await here.visit();
    const path = await escalate(
      page,
      'INV-2043 <img src=x onerror="window.broken = true"> <script>window.broken = true</script>',
    );
    await page.goto(linkTo(path));
    await page.getByRole('button', { name: 'Approve the answer as it is' }).waitFor();
    expect(await page.getByText('<img src=x').count()).toBeGreaterThan(0);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
  });

  test('comes with what failed, and the decision is told to the listener of the events', async () => {
    const [sender, visitor] = [await here.visit(), await here.visit()];
    // Not the mail of the tests before, which a person has corrected wrongly.
    const path = await escalate(sender, 'INV-2043 FISHER & SONS, told to listeners');
    const id = path.split('/').at(-1);
    const [message] = chat.filter((text) => text.includes(path));
    expect(message).toMatch(/^An invoice needs a person\.\n• Read the numbers again: the lines add up to/);
    await visitor.request.post(linkTo(path), { form: { type: 'approve' } });
    await expectAnswer(sender, { Total: '£1,636.00' });
    await expect
      .poll(() => eventLog.filter((text) => text.includes(String(id))))
      .toEqual([`Escalation ${id} was filed.`, `Escalation ${id}: a signed link decided to approve.`]);
  });
});

/** A server that keeps the texts that are posted to each of its paths. */
async function startWebhooks(texts: Readonly<Record<string, string[]>>): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    texts[request.url ?? '']?.push(JSON.parse(body).text);
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
