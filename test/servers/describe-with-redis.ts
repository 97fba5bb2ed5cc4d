import { describe, it } from 'vitest';
import { hasRedisServer } from './redis-server.ts';

/** A suite that needs `redis-server`: without it, skipped with the reason in its name, and red in CI. */
export function describeWithRedis(title: string, body: () => void): void {
  if (hasRedisServer) return void describe(title, body);
  if (process.env.CI === undefined) return void describe.skip(`${title} (skipped: no redis-server, ${howTo})`, body);
  describe(title, () => {
    it('needs redis-server', () => {
      throw new Error(`There is no redis-server: ${howTo}.`);
    });
  });
}

const howTo = 'apt-get install -y redis-server';
