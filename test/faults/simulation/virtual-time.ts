import type { Effects } from '../../../src/effects/effects.ts';
import type { Random } from './random.ts';

interface Timer {
  readonly owner: string;
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Time that passes only when it is told to. */
export interface VirtualTime {
  readonly now: () => number;
  /** The effects of somebody; timers are told apart by whose they are. */
  effects(owner: string, random: Random): Effects;
  /** Goes to the next timer and fires it; `false` when there is none. */
  fireNext(): boolean;
  pending(owner: string): number;
}

export function virtualTime(startsAt: number): VirtualTime {
  const timers = new Set<Timer>();
  let now = startsAt;
  let order = 0;
  let ids = 0;
  return {
    now: () => now,
    effects: (owner, random) => ({
      now: () => now,
      after(ms, callback) {
        order += 1;
        const timer = { owner, at: now + Math.max(0, ms), order, callback };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      random: random.next,
      createId: () => {
        ids += 1;
        return `${owner}-${ids}`;
      },
    }),
    fireNext() {
      let next: Timer | undefined;
      for (const timer of timers) if (next === undefined || isBefore(timer, next)) next = timer;
      if (next === undefined) return false;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.callback();
      return true;
    },
    pending: (owner) => [...timers].filter((timer) => timer.owner === owner).length,
  };
}

function isBefore(timer: Timer, other: Timer): boolean {
  return timer.at < other.at || (timer.at === other.at && timer.order < other.order);
}

/** Resolves once every promise that can settle by itself has settled. */
export function untilQuiet(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
