import type { Effects } from './effects.ts';

/** A limit in time that can stand still. */
export interface Countdown {
  /** Stops the clock. The time that is left stays. */
  pause(): void;
  resume(): void;
}

/** Starts a countdown that calls back once its time is over. Without `ms` it never is. */
export function countdown(
  ms: number | undefined,
  effects: Pick<Effects, 'now' | 'after'>,
  onEnd: () => void,
): Countdown {
  let leftMs = ms;
  let startedAt = 0;
  let cancel: (() => void) | undefined;
  function resume(): void {
    if (leftMs === undefined || cancel !== undefined) return;
    startedAt = effects.now();
    cancel = effects.after(leftMs, onEnd);
  }
  resume();
  return {
    resume,
    pause() {
      if (leftMs === undefined || cancel === undefined) return;
      cancel();
      cancel = undefined;
      leftMs = Math.max(0, leftMs - (effects.now() - startedAt));
    },
  };
}
