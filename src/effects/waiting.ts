import type { Effects } from './effects.ts';

type Timers = Pick<Effects, 'after'>;

/**
 * The promise; or the signal's reason as soon as it is aborted; or a `TimeoutError` after `timeoutMs`. No timer and no
 * listener stays behind, and the promise's own rejection is never unhandled.
 */
export function raced<VALUE>(
  promise: PromiseLike<VALUE>,
  {
    signal,
    timeoutMs,
    effects,
  }: { signal?: AbortSignal | undefined; timeoutMs?: number | undefined; effects?: Timers },
): Promise<VALUE> {
  if (signal === undefined && timeoutMs === undefined) return Promise.resolve(promise);
  return new Promise((resolve, reject) => {
    let cancelTimer = () => {};
    const abort = () => settle(() => reject(signal?.reason));
    const settle = (finish: () => void) => {
      cancelTimer();
      signal?.removeEventListener('abort', abort);
      finish();
    };
    promise.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
    if (signal?.aborted === true) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
    if (timeoutMs !== undefined && effects !== undefined) {
      cancelTimer = effects.after(timeoutMs, () =>
        settle(() => reject(timeoutError(`Nothing within ${timeoutMs} ms.`))),
      );
    }
  });
}

/** Resolves after `ms`; rejects with the signal's reason if it is aborted first. */
export function sleep(ms: number, effects: Timers, signal?: AbortSignal): Promise<void> {
  let cancel = () => {};
  const elapsed = new Promise<void>((resolve) => {
    cancel = effects.after(ms, resolve);
  });
  return raced(elapsed, { signal }).finally(() => cancel());
}

/** The same error that `AbortSignal.timeout` aborts with. */
export function timeoutError(message: string): DOMException {
  return new DOMException(message, 'TimeoutError');
}
