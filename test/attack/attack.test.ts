import { expect, it } from 'vitest';
import { hasRedisServer } from '../servers/redis-server.ts';
import { attacks, needsRedis } from './attacks.ts';

/** A little of each: `npm run attack` does it for ten minutes. */
const tries: Readonly<Record<string, number>> = {
  crashes: 100,
  kills: 2,
  requests: 300,
  answers: 20,
  blocks: 10,
  schemas: 25,
  races: 1,
  mcp: 3,
  wire: 15,
  soak: 3,
};

for (const [name, attack] of Object.entries(attacks)) {
  const runs = needsRedis.has(name) && !hasRedisServer && process.env.CI === undefined ? it.skip : it;
  runs(`holds under a small attack of ${name}`, { timeout: 120_000 }, async () => {
    const { tried, failures } = await attack({ seed: 1, tries: tries[name] ?? 1, until: Date.now() + 60_000 });
    expect(tried).toBeGreaterThan(0);
    expect(failures).toEqual([]);
  });
}
