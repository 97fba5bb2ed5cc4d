import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { describeInBrowser } from './chromium.ts';
import { setting } from './setting.ts';
import { approve, escalate, expectAnswer, send, signIn } from './visitor.ts';

describeInBrowser('a run that is stopped', () => {
  /** The team's chat, which never answers. */
  const held: ServerResponse[] = [];
  const chat = createServer((_, response) => void held.push(response));
  const here = setting(async () => {
    await once(chat.listen(0, '127.0.0.1'), 'listening');
    return { SLACK_WEBHOOK_URL: `http://127.0.0.1:${(chat.address() as AddressInfo).port}` };
  });
  afterAll(() => {
    chat.closeAllConnections();
    chat.close();
  });

  async function stop(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^(Stopped|You stopped waiting)/).waitFor();
  }

  test.each(['Edge', 'Node.js'])('while it asks a person is joined by the same mail, on %s', async (runtime) => {
    const mail = `INV-2043 FISHER & SONS, stopped on ${runtime}`;
    const sender = await here.visit();
    await sender.getByText('Settings').click();
    await sender.getByLabel(runtime, { exact: true }).check();
    const told = held.length;
    await send(sender, { mail });
    // It is in the inbox now, and the team is being told.
    await expect.poll(() => held.length).toBe(told + 1);
    await stop(sender);

    const path = await escalate(sender, mail);
    await signIn(sender, 'Ada');
    const found = await sender.request.get('/api/inbox/escalations?state=pending');
    const { escalations } = (await found.json()) as { escalations: readonly { id: string; prompt: unknown }[] };
    const ofMail = escalations.filter(({ prompt }) => JSON.stringify(prompt).includes(mail));
    expect(ofMail.map(({ id }) => `/inbox/${id}`)).toEqual([path]);

    await sender.goto(path);
    await approve(sender);
    await sender.goto('/');
    await expectAnswer(sender, { Total: '£1,636.00' });
  });
});
