import { expect, test } from 'vitest';
import { play } from './simulation/play.ts';
import { rules } from './simulation/rules.ts';
import './simulation/loaded-before.ts';

const runs = Number(process.env.SIMULATION_RUNS ?? 10_000);
const firstSeed = Number(process.env.SIMULATION_SEED ?? 1);

test(`${runs} runs in virtual time keep the rules, with a fault, delay or abort at every await`, async () => {
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const unhandled = await brokenRules(seed);
    if (unhandled.length > 0) expect.fail(`SIMULATION_SEED=${seed}: ${unhandled.join(' ')}`);
  }
}, 120_000);

test('a seed plays the same runs again', async () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const [first, second] = [await play(seed), await play(seed)];
    expect(second.scenario.events).toEqual(first.scenario.events);
    expect(second.scenario.time.now()).toBe(first.scenario.time.now());
  }
});

/** The sentences that do not hold of a seed's calls. */
async function brokenRules(seed: number): Promise<string[]> {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  try {
    const { calls, scenario } = await play(seed);
    const broken = calls.flatMap((call, index) =>
      Object.entries(rules)
        .filter(([, holds]) => !holds(call, scenario))
        .map(([rule]) => `Call ${index + 1} breaks the rule: ${rule}.`),
    );
    return [...broken, ...rejections.map((reason) => `A rejection is not handled: ${reason}.`)];
  } finally {
    process.off('unhandledRejection', onRejection);
  }
}
