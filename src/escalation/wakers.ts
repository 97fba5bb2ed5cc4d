import type { Effects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';

/** What somebody who waits hears by; it listens from the moment it was made. */
export interface Listener {
  /** Until woken, until `ms` have passed, or until the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  stop(): void;
}

/** Wakes those who wait in this process, so that they need not poll for what was done here. */
export interface Wakers {
  listen(key: string): Listener;
  wake(key: string): void;
}

export function createWakers({ after }: Pick<Effects, 'after'>): Wakers {
  const waiting = new Map<string, Set<() => void>>();
  return {
    listen(key) {
      const listeners = waiting.get(key) ?? new Set();
      waiting.set(key, listeners);
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      listeners.add(wake);
      return {
        async wait(ms, signal) {
          let cancel = () => {};
          const elapsed = new Promise<void>((resolve) => {
            cancel = after(ms, resolve);
          });
          await raced(Promise.race([woken, elapsed]), { signal }).catch(() => {});
          cancel();
        },
        stop() {
          listeners.delete(wake);
          if (listeners.size === 0 && waiting.get(key) === listeners) waiting.delete(key);
        },
      };
    },
    wake(key) {
      for (const wake of waiting.get(key) ?? []) wake();
    },
  };
}
