import type { Effects } from '../../effects/effects.ts';
import { raced } from '../../effects/waiting.ts';
import { CheckCrashedError } from '../../errors/check-crashed-error.ts';
import { findError } from '../../errors/find.ts';
import { LimiterRejected } from '../../limits/limiter-rejected.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import type { ModelInput } from '../../model/resolve-model.ts';
import type { Check, CheckContext } from '../check.ts';
import { isPromiseLike } from '../schema.ts';
import type { CheckCalls } from './check-calls.ts';

/** Under what a check's code runs. */
export interface Circumstances {
  readonly context: Omit<CheckContext, 'metered'>;
  /** A model for a check of that name to call. */
  readonly meter: (check: string, model: ModelInput, calls: CheckCalls) => Promise<LanguageModel>;
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
 * @throws CheckCrashedError unless a crash passes, the signal's reason when the run was aborted, and `LimiterRejected` when
 * a limiter rejected a check's model call.
 */
export function guarded<RESULT>(
  check: Check,
  circumstances: () => Circumstances,
  run: () => RESULT | PromiseLike<RESULT>,
  validate: (result: RESULT) => void = () => {},
): RESULT | undefined | Promise<RESULT | undefined> {
  try {
    const result = run();
    if (isPromiseLike(result)) return awaited(check, circumstances(), result, validate);
    validate(result);
    return result;
  } catch (cause) {
    return crashed(check, circumstances(), cause);
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
  // A limit that refuses a check's call is no fault of the check.
  const rejected = findError(cause, (error): error is LimiterRejected => error instanceof LimiterRejected);
  if (rejected !== undefined) throw rejected;
  if (whenCheckCrashes === 'pass') {
    onCrash?.(name, cause);
    return undefined;
  }
  throw new CheckCrashedError({ check: name, cause });
}
