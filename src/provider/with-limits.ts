import { lazily } from '../effects/lazily.ts';
import type { Answered, Call } from './limited-call.ts';

export type { Answered } from './limited-call.ts';

const limiting = /* @__PURE__ */ lazily(() => import('./limited-call.ts'));

/**
 * Makes a provider call when every limiter lets it, and tells them what it came to.
 *
 * Rejects with `LimiterRejected`, or as the call does.
 */
export function withLimits<CALL extends Call, ANSWER extends Answered>(
  call: CALL,
  request: (call: CALL & Pick<Call, 'receipt'>) => Promise<ANSWER>,
): Promise<ANSWER> {
  return call.run.limits.length === 0 ? request(call) : whenLet(call, request);
}

/** Code that only limits need is loaded with the first limit. */
async function whenLet<CALL extends Call, ANSWER extends Answered>(
  call: CALL,
  request: (call: CALL & Pick<Call, 'receipt'>) => Promise<ANSWER>,
): Promise<ANSWER> {
  const { limited } = await limiting();
  return await limited(call, request);
}
