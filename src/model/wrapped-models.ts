import { InvalidArgumentError } from '@ai-sdk/provider';

const wrapped = new WeakSet<object>();

export function noteWrapped<MODEL extends object>(model: MODEL): MODEL {
  wrapped.add(model);
  return model;
}

export function isWrapped(model: unknown): boolean {
  return typeof model === 'object' && model !== null && wrapped.has(model);
}

/**
 * A ladder in a ladder multiplies the calls, and each judges what the other made.
 *
 * @throws InvalidArgumentError for a model that is wrapped already.
 */
export function refuseWrapped(model: unknown): void {
  if (!isWrapped(model)) return;
  const message =
    'The model is wrapped already, and a second ladder around it would multiply its calls: give all options to one withStagedRetry(), or wrap the bare model once for each ladder.';
  throw new InvalidArgumentError({ argument: 'model', message });
}
