import type { Effects } from '../../src/effects/effects.ts';

/** Time that stands still until it is told to go on. */
export interface Clock extends Effects {
  /** Goes on, and waits for what that sets off. */
  advance(ms: number): Promise<void>;
}

const maxTimers = 1000;

export function clock(start = '2026-01-01T00:00:00Z'): Clock {
  let time = Date.parse(start);
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => time,
    after(ms, callback) {
      const timer = { at: time + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    random: () => 0.5,
    createId: () => crypto.randomUUID(),
    async advance(ms) {
      const end = time + ms;
      for (let fired = 0; ; fired += 1) {
        if (fired > maxTimers) throw new Error('Timers fire without end.');
        await settled();
        const [next] = [...timers].filter(({ at }) => at <= end).sort((first, second) => first.at - second.at);
        if (next === undefined) break;
        time = next.at;
        timers.delete(next);
        next.callback();
      }
      time = end;
      await settled();
    },
  };
}

/** Lets everything that is ready run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
