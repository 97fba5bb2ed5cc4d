import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInbox, EscalationPendingError, type Inbox } from '../../src/index.ts';
import { redisStore } from '../../src/stores/redis.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';
import { buildEscalatingProgram, type EscalatingProgram, type Said } from './killed-run.ts';
import { turnableClock } from './practice-inbox.ts';
import { escalatingModel, send } from './programs/escalating-model.ts';

/** Each kill meets five runs, each at another moment; `KILLS=200` kills two hundred processes. */
const kills = Number(process.env.KILLS ?? 12);
const runsEach = 5;
const seed = Number(process.env.SEED ?? 1);

describeWithRedis(`${kills} processes killed amid ${kills * runsEach} runs that escalate (KILLS, SEED=${seed})`, () => {
  let redis: RedisServer;
  let program: EscalatingProgram;
  let client: ReturnType<typeof createClient>;
  const moments = new Map<string, number>();

  beforeAll(async () => {
    [redis, program] = await Promise.all([startRedis(), buildEscalatingProgram()]);
    client = createClient({ url: redis.url });
    await client.connect();
  });
  afterAll(async () => {
    client.destroy();
    await Promise.all([redis.stop(), program.remove()]);
  });

  it('lose no announced escalation, file none twice, and apply every confirmed decision', {
    timeout: 600_000,
  }, async () => {
    const random = randomFrom(seed);
    const usualMs = await timeOfUnharmedRuns();
    for (let kill = 0; kill < kills; kill += 2) {
      await Promise.all(
        [kill, kill + 1].slice(0, kills - kill).map((number) => killAndRecover(number, random, usualMs)),
      );
    }
    console.log('the last that killed runs said:', Object.fromEntries(moments));
    expect([...moments.values()].reduce((sum, count) => sum + count, 0)).toBe(kills * runsEach);
    expect(moments.size).toBeGreaterThan(2);
  });

  /** Under the very load that the killed ones will be under. */
  async function timeOfUnharmedRuns(): Promise<number> {
    const both = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const runs = Array.from({ length: runsEach }, (_, index) => ({
          scope: `warm-up-${name}-${index}`,
          delayMs: 0,
        }));
        const { said, elapsedMs } = await program.run({ url: redis.url, runs });
        expect(said.filter(({ what }) => what === 'resumed')).toHaveLength(runsEach);
        return elapsedMs;
      }),
    );
    return Math.max(...both);
  }

  async function killAndRecover(number: number, random: () => number, usualMs: number): Promise<void> {
    const runs = Array.from({ length: runsEach }, (_, index) => ({
      scope: `tenant-${number}-${index}`,
      delayMs: Math.round((random() * usualMs) / 2),
    }));
    const killAfterMs = (0.3 + 1.2 * random()) * usualMs;
    const { said } = await program.run({ url: redis.url, runs, killAfterMs });
    for (const { scope } of runs) {
      const ofRun = said.filter((line) => line.scope === scope);
      const last = ofRun.at(-1)?.what ?? 'nothing yet';
      moments.set(last, (moments.get(last) ?? 0) + 1);
      await recover(scope, ofRun);
    }
  }

  /** What must hold after the kill, and that the same request goes on from there. */
  async function recover(scope: string, said: readonly Said[]): Promise<void> {
    const announced: string[] = [];
    const clock = turnableClock();
    clock.turn(11_000);
    const inbox = createInbox({ store: redisStore(client), onFiled: ({ id }) => void announced.push(id) }, clock);
    const found = await escalationsOf(inbox, scope);

    expect(found.length).toBeLessThanOrEqual(1);
    for (const { id } of said.filter(({ what }) => what !== 'began'))
      expect(await inbox.get(id)).toMatchObject({ id, scope });

    const { model, scripted } = escalatingModel({ inbox, scope });
    const isConfirmed = said.some(({ what }) => what === 'confirmed');
    const answer = await send(model).catch((error) => {
      if (isConfirmed || !EscalationPendingError.isInstance(error)) throw error;
      return undefined;
    });
    if (found.length === 1) expect(scripted.calls).toHaveLength(0);
    if (isConfirmed) expect(answer).toBe(`good: ${scope}`);

    const [escalation, ...more] = await escalationsOf(inbox, scope);
    expect(more).toEqual([]);
    if (escalation === undefined) throw new Error(`There is no escalation of ${scope}.`);
    if (answer === undefined) {
      expect(escalation.audit.map(({ type }) => type)).toEqual(['filed', 'announced']);
      expect(announced.length + said.filter(({ what }) => what === 'announced').length).toBeGreaterThan(0);
      await inbox.decide(escalation.id, { type: 'edit', text: `good: ${scope}` });
      expect(await send(model)).toBe(`good: ${scope}`);
    }
  }
});

async function escalationsOf(inbox: Inbox, scope: string) {
  const pages = await Promise.all(
    (['pending', 'decided', 'expired'] as const).map((state) => inbox.list({ scope, state })),
  );
  return pages.flatMap(({ escalations }) => escalations);
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
