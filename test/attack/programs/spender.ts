import { Redis } from 'ioredis';
import { rateLimiter, spendLimiter } from '../../../src/index.ts';
import { redisStore } from '../../../src/stores/redis.ts';
import { seeded } from '../../faults/simulation/random.ts';

// Spends what it may of a sum that processes share: `node spender.ts URL NAME USD CALLS-AT-ONCE SEED`. A call is estimated
// at one cent and costs up to three; some fail, some report nothing.
const [url = '', name = '', usd = '1', atOnce = '1', seed = '1'] = process.argv.slice(2);
const random = seeded(Number(seed));
const client = new Redis(url);
const store = redisStore(client);
const price = { input: 1000, output: 1000 };
const spend = spendLimiter({ usd: Number(usd), price, store, name });
const rate = rateLimiter({ store, name, requestsPerMinute: 100, maxWaitMs: 0 });
const said = { usd: 0, calls: 0, passed: 0 };

function usageOf(tokens: number) {
  return {
    inputTokens: { total: tokens / 2, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: tokens / 2, text: undefined, reasoning: undefined },
  };
}

async function call(): Promise<boolean> {
  const cost = { provider: 'p', model: 'm', estimatedTokens: 10, maxOutputTokens: 5 };
  try {
    await spend.reserve(cost, {});
  } catch {
    return false;
  }
  said.calls += 1;
  await new Promise((resolve) => setTimeout(resolve, random.between(0, 5)));
  const tokens = random.between(5, 15) * 2;
  const type = random.pick(['answered', 'answered', 'aborted', 'failed'] as const);
  const isReported = random.chance(0.7);
  if (type !== 'failed') said.usd += (isReported && type === 'answered' ? tokens : 10) / 1000;
  await spend.settle({
    type,
    cost,
    usage: type === 'answered' && isReported ? usageOf(tokens) : undefined,
    error: type === 'failed' ? { statusCode: 503 } : undefined,
    headers: undefined,
    durationMs: 1,
  });
  return true;
}

async function passes(): Promise<boolean> {
  const cost = { provider: 'p', model: 'm', estimatedTokens: 1, maxOutputTokens: undefined };
  return await rate.reserve(cost, {}).then(
    () => true,
    () => false,
  );
}

await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (let refusals = 0; refusals < 3; ) if (!(await call())) refusals += 1;
    for (let refusals = 0; refusals < 3; ) {
      if (await passes()) said.passed += 1;
      else refusals += 1;
    }
  }),
);
client.disconnect();
console.log(JSON.stringify(said));
