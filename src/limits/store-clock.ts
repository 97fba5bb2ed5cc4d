import type { Effects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';
import { readDeadlineMs } from '../stores/guarded-store.ts';
import type { Store } from '../stores/store.ts';

const believedMs = 60_000;
const retryMs = 5_000;

/**
 * The time by the store's clock, which processes share whose own clocks differ. It is asked once a minute, and only the
 * first caller waits for it; where the store has none, or does not say, it is the process's own.
 */
export function storeClock(store: Store | undefined, effects: Effects): () => Promise<number> {
  let aheadMs = 0;
  let askAgainAt = Number.NEGATIVE_INFINITY;
  let hasAsked = false;
  let asking: Promise<void> | undefined;

  async function ask(now: NonNullable<Store['now']>): Promise<void> {
    const before = effects.now();
    try {
      const there = await raced(now(), { timeoutMs: readDeadlineMs, effects });
      const after = effects.now();
      if (!Number.isFinite(there)) throw new TypeError('The store told no time.');
      aheadMs = there - (before + after) / 2;
      askAgainAt = after + believedMs;
    } catch {
      askAgainAt = effects.now() + retryMs;
    }
    hasAsked = true;
  }

  return async () => {
    const now = store?.now;
    if (now === undefined) return effects.now();
    if (effects.now() >= askAgainAt) {
      askAgainAt = Number.POSITIVE_INFINITY;
      asking = ask(() => now.call(store));
    }
    if (!hasAsked) await asking;
    return effects.now() + aheadMs;
  };
}
