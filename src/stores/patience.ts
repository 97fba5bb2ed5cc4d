import type { Effects } from '../effects/effects.ts';
import { timeoutError } from '../effects/waiting.ts';

const slices = 5;

/**
 * The promise, or a `TimeoutError` after `ms`. The time is waited in slices: while the process itself was busy, a reply
 * may have come that it could not look at, so a slice counts once however late it ends.
 */
export function patience<VALUE>(
  promise: PromiseLike<VALUE>,
  ms: number,
  effects: Pick<Effects, 'after'>,
): Promise<VALUE> {
  return new Promise((resolve, reject) => {
    let elapsed = 0;
    let cancelTimer = effects.after(ms / slices, endSlice);

    function endSlice(): void {
      elapsed += 1;
      if (elapsed < slices) cancelTimer = effects.after(ms / slices, endSlice);
      else reject(timeoutError(`Nothing within ${ms} ms.`));
    }

    promise.then(
      (value) => {
        cancelTimer();
        resolve(value);
      },
      (error) => {
        cancelTimer();
        reject(error);
      },
    );
  });
}
