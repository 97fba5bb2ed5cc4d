import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis } from 'ioredis';
import { rateLimiter, retry, spendLimiter, withStagedRetry } from '../../src/index.ts';
import { upstashStore } from '../../src/stores/upstash.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { startRedis } from '../servers/redis-server.ts';
import { type Fault, startUpstash } from '../servers/upstash-server.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';

const faults: readonly Fault['type'][] = [
  'reset',
  'drop-reply',
  'truncated',
  'too-many-requests',
  'unavailable',
  'garbage',
  'part-refused',
  'part-unanswered',
  'part-missing',
];

/** Upstash over HTTP that refuses, cuts and lies for a few requests, and a Redis that forgets, in the middle of runs. */
export const wire: Attack = async (options) => {
  const redis = await startRedis();
  const upstash = await startUpstash({ redisPort: redis.port });
  const admin = new Redis(redis.port);
  const client = new UpstashRedis({ url: upstash.url, token: upstash.token, enableTelemetry: false, retry: false });
  const store = upstashStore(client);
  let decided = 0;
  try {
    const { result, unhandled } = await unhandledOf(() =>
      tried(options, async (random, number) => {
        upstash.heal();
        const spend = spendLimiter({ usd: 100, price: { input: 1, output: 1 }, store, name: `n${number}` });
        const waits: Promise<unknown>[] = [];
        const waitUntil = random.pick<(write: Promise<unknown>) => void>([
          (write) => void waits.push(write),
          () => {
            throw new Error('no request is under way');
          },
          () => {},
        ]);
        const model = scriptedModel(['{"n":"x"}', `{"n":${number}}`]);
        const wrapped = withStagedRetry(model, {
          scope: 'wire',
          cache: { store, singleFlight: random.chance(0.5), waitUntil },
          limits: [rateLimiter({ store, requestsPerMinute: 1e6 }), spend],
          stages: [retry({ attempts: 2 })],
        });
        const params = {
          prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: `Count ${number}.` }] }],
          responseFormat: { type: 'json' as const, schema: { properties: { n: { type: 'number' } } } as never },
        };
        const { inbox, file } = practiceInbox({ store });
        const escalation = await file('as it is', { scope: 'wire', key: `wire-${number}` });
        const type = random.pick(faults);
        const isEvicted = random.chance(0.2);
        if (isEvicted) setTimeout(() => void admin.flushall(), random.between(0, 10));
        else upstash.breakWith({ type, times: random.between(1, 4) } as Fault);
        const what = isEvicted ? 'a store that forgets' : type;
        try {
          const [answer, outcomes] = await Promise.all([
            wrapped.doGenerate(params),
            Promise.allSettled(
              ['ann', 'bob'].map((by) => inbox.decide(escalation.id, { type: 'edit', text: by }, { by })),
            ),
          ]);
          const text = answer.content.map((part) => ('text' in part ? part.text : '')).join('');
          if (text !== `{"n":${number}}`) return `${what}: went out: ${text}`;
          upstash.heal();
          const told = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
          decided += told.length;
          const now = isEvicted ? undefined : await inbox.get(escalation.id);
          if (!isEvicted && told.some((one) => one.escalation.decision?.by !== now?.decision?.by))
            return `${what}: a decision was lost`;
          if (told.filter(({ won }) => won).length > 1) return `${what}: two decisions won`;
          await Promise.all(waits);
          return undefined;
        } catch (error) {
          return `${what}: ${lineOf(error)}`;
        }
      }),
    );
    return { ...result, failures: [...result.failures, ...unhandled], figures: { 'decisions told': decided } };
  } finally {
    admin.disconnect();
    await upstash.stop();
    await redis.stop();
  }
};
