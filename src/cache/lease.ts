import type { Effects } from '../effects/effects.ts';
import type { Shelf } from './shelf.ts';

/** Renews a lease until it is stopped or the lease belongs to another process. */
export function renewing(
  shelf: Shelf,
  { key, text, leaseMs, effects }: { key: string; text: string; leaseMs: number; effects: Effects },
): { stop(): void } {
  const everyMs = leaseMs / 3;
  let isStopped = false;
  let cancelTimer = () => {};

  function arm(): void {
    cancelTimer = effects.after(everyMs, () => void renew());
  }

  async function renew(): Promise<void> {
    const options = { ttlMs: leaseMs, onlyIf: { equals: text }, deadlineMs: everyMs };
    const isRenewed = await shelf.write(key, text, options);
    if (isRenewed !== false && !isStopped) arm();
  }

  arm();
  return {
    stop() {
      isStopped = true;
      cancelTimer();
    },
  };
}
