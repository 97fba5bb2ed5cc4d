import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { startUpstash, type UpstashServer } from '../servers/upstash-server.ts';
import { type App, startApp } from './app.ts';
import { describeInBrowser } from './chromium.ts';
import { escalate, expectAnswer, openBrowser, signIn, visit } from './visitor.ts';

describeInBrowser('the app on Upstash', () => {
  describeWithRedis('with a Redis behind it', () => {
    let redis: RedisServer;
    let upstash: UpstashServer;
    let browser: Browser;
    const apps: App[] = [];
    beforeAll(async () => {
      redis = await startRedis();
      upstash = await startUpstash({ redisPort: redis.port });
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await Promise.all(apps.map((app) => app.stop()));
      await upstash?.stop();
      await redis?.stop();
    });

    async function start(): Promise<App> {
      const app = await startApp({ UPSTASH_REDIS_REST_URL: upstash.url, UPSTASH_REDIS_REST_TOKEN: upstash.token });
      apps.push(app);
      return app;
    }

    test('an escalation outlives the process, and its decision reaches the sender through another one', async () => {
      const first = await start();
      const sender = await visit(browser, first.url);
      const path = await escalate(sender);
      await first.stop();

      const second = await start();
      const ada = await visit(browser, second.url);
      await signIn(ada, 'Ada');
      await ada.locator(`a[href="${path}"]`).click();
      await ada.getByRole('button', { name: 'Send back' }).click();
      await ada.getByLabel('What should the model know?').fill('A carton costs 128.50. Make the total 1,688.00.');
      await ada.getByRole('button', { name: 'Send back' }).click();
      await ada.getByText(/^Sent back: /).waitFor();

      // The sender's page, at the address of the process that is left.
      const kept = await sender.evaluate(() => sessionStorage.getItem('run') ?? '');
      const again = await visit(browser, second.url);
      await again.evaluate((run) => sessionStorage.setItem('run', run), kept);
      await again.reload();
      await expectAnswer(again, { Total: '£1,688.00' });
      expect(await again.getByText(/^Kept in memory only/).count()).toBe(0);
    });
  });
});
