import type { Effects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';
import { CheckCrashedError } from '../errors/check-crashed-error.ts';
import type { Check, CheckContext } from './check.ts';
import { isPromiseLike } from './schema.ts';

/** Under what a check's code runs. */
export interface Circumstances {
  readonly context: CheckContext;
  readonly whenCheckCrashes: 'throw' | 'pass';
  /** Told of a crash that passes. */
  readonly onCrash?: (check: string, cause: unknown) => void;
  readonly effects: Effects;
}

const defaultTimeoutMs = 30_000;

/**
 * Runs a check's own code within its time: what goes wrong in it is the check's fault; what goes wrong around it is not.
 * `undefined` is what a crash comes to that passes.
 *
 * @throws CheckCrashedError unless a crash passes, and the signal's reason when the run was aborted.
 */
export function guarded<RESULT>(
  check: Check,
  circumstances: Circumstances,
  run: () => RESULT | PromiseLike<RESULT>,
  validate: (result: RESULT) => void = () => {},
): RESULT | undefined | Promise<RESULT | undefined> {
  try {
    const result = run();
    if (isPromiseLike(result)) return awaited(check, circumstances, result, validate);
    validate(result);
    return result;
  } catch (cause) {
    return crashed(check, circumstances, cause);
  }
}

async function awaited<RESULT>(
  check: Check,
  circumstances: Circumstances,
  running: PromiseLike<RESULT>,
  validate: (result: RESULT) => void,
): Promise<RESULT | undefined> {
  const { context, effects } = circumstances;
  const { timeoutMs = defaultTimeoutMs } = check;
  try {
    const result = await raced(running, { signal: context.abortSignal, timeoutMs, effects });
    validate(result);
    return result;
  } catch (cause) {
    return crashed(check, circumstances, cause);
  }
}

function crashed(
  { name }: Check,
  { context: { abortSignal }, whenCheckCrashes, onCrash }: Circumstances,
  cause: unknown,
): undefined {
  if (abortSignal?.aborted === true) throw abortSignal.reason;
  if (whenCheckCrashes === 'pass') {
    onCrash?.(name, cause);
    return undefined;
  }
  throw new CheckCrashedError({ check: name, cause });
}
