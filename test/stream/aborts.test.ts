import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded } from '../faults/simulation/random.ts';
import { type Abort, type Ending, play } from './aborts/play.ts';
import { scenarios } from './aborts/scenario.ts';

const runs = Number(process.env.ABORT_RUNS ?? 160);
const firstSeed = Number(process.env.ABORT_SEED ?? 1);

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(() => void process.off('unhandledRejection', note));

const errorBy: Readonly<Record<Abort['by'], string>> = {
  signal: 'AbortError',
  timer: 'AbortError',
  reason: 'RangeError',
  totalMs: 'TimeoutError',
  stepMs: 'TimeoutError',
};

/** How a call ends that is aborted, of the bare model and of the wrapped one. */
function aborted(by: Abort['by']): Ending {
  const name = errorBy[by];
  return { callbacks: ['abort'], text: name, finishReason: name, lastPart: 'abort', leftOpen: 0 };
}

/** The same of one that came to its end before, in which an error may have been reported. */
const ended: Ending = {
  callbacks: ['finish'],
  text: 'resolved',
  finishReason: 'resolved',
  lastPart: 'finish',
  leftOpen: 0,
};

test(`${runs} runs that are aborted at any moment end as those of the bare model`, { timeout: 120_000 }, async () => {
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index).values();
  const broken: string[] = [];
  let abortedRuns = 0;
  async function playAll(): Promise<void> {
    for (const seed of seeds) {
      const random = seeded(seed);
      const scenario = random.pick(scenarios)();
      const abort: Abort = {
        by: random.pick(['signal', 'signal', 'reason', 'timer', 'totalMs', 'stepMs']),
        after: random.between(0, 40),
      };
      for (const isBare of [true, false]) {
        const { callbacks, ...ending } = await play(scenario, abort, isBare);
        const without = { ...ending, callbacks: callbacks.filter((name) => name !== 'error') };
        const isAborted = without.callbacks[0] === 'abort';
        if (isAborted && !isBare) abortedRuns += 1;
        const wanted = isAborted ? aborted(abort.by) : ended;
        if (!isSame(without, wanted))
          broken.push(`ABORT_SEED=${seed}${isBare ? ' (bare)' : ''}: ${JSON.stringify(ending)}`);
      }
    }
  }
  await Promise.all(Array.from({ length: 16 }, playAll));
  expect(broken).toEqual([]);
  expect(unhandled).toEqual([]);
  expect(abortedRuns).toBeGreaterThan(runs / 4);
});

function isSame(ending: Ending, wanted: Ending): boolean {
  return Object.entries(wanted).every(([key, value]) => String(ending[key as keyof Ending]) === String(value));
}
