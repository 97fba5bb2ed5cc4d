import { Redis } from 'ioredis';
import { redisStore } from '../../src/stores/redis.ts';
import { practiceInbox } from '../escalation/practice-inbox.ts';
import { startRedis } from '../servers/redis-server.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';

const writes = { appendonly: 'yes', appendfsync: 'always' };

/** Redis dies while three reviewers decide one escalation; what any of them was told must be what is there afterwards. */
export const kills: Attack = async (options) => {
  const redis = await startRedis(writes);
  const client = new Redis(redis.port, { retryStrategy: () => 20, maxRetriesPerRequest: 1 }).on('error', () => {});
  const { inbox, file } = practiceInbox({ store: redisStore(client) });
  let confirmed = 0;
  try {
    const { result, unhandled } = await unhandledOf(() =>
      tried(options, async (random, number) => {
        const scope = `tenant-${number}`;
        const filed = await patiently(() => file('as it is', { scope, key: scope }));
        const dying = new Promise((resolve) => setTimeout(resolve, random.between(0, 8))).then(() => redis.kill());
        const told = await Promise.allSettled(
          ['ann', 'bob', 'cem'].map(async (by) => {
            await new Promise((resolve) => setTimeout(resolve, random.between(0, 8)));
            return await inbox.decide(filed.id, { type: 'edit', text: by }, { by });
          }),
        );
        await dying;
        await redis.restart();
        const outcomes = told.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
        confirmed += outcomes.length;
        const now = await patiently(() => inbox.get(filed.id));
        if (now === undefined) return 'an escalation is gone';
        for (const { escalation } of outcomes) {
          if (textOf(escalation) !== textOf(now)) return `told ${textOf(escalation)}, and it is ${textOf(now)}`;
        }
        if (outcomes.filter(({ won }) => won).length > 1) return 'two decisions won';
        return undefined;
      }),
    );
    return { ...result, failures: [...result.failures, ...unhandled], figures: { confirmed } };
  } finally {
    client.disconnect();
    await redis.stop();
  }
};

function textOf({ decision }: { readonly decision?: { readonly type: string } }): string | undefined {
  return decision !== undefined && 'text' in decision ? String(decision.text) : undefined;
}

/** A client reconnects by itself. */
async function patiently<RESULT>(act: () => Promise<RESULT>): Promise<RESULT> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (attempt > 100) throw new Error(`Redis did not come back: ${lineOf(error)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
