import { InvalidArgumentError } from '@ai-sdk/provider';

/** What stands around the calls of a wrapped model, and is told of them. */
export interface Wrapping {
  readonly budget: object;
  readonly limits: readonly object[];
}

/** By the model, or by the `supportedUrls` that a middleware gave it: the SDK makes that model, and later ones pass them on. */
const wrapped = new WeakMap<object, Wrapping>();

export function noteWrapped<MARKED extends object>(marked: MARKED, { budget, limits }: Wrapping): MARKED {
  wrapped.set(marked, { budget, limits });
  return marked;
}

/** What stands around a model's calls already, if it is wrapped. */
export function wrappingOf(model: unknown): Wrapping | undefined {
  if (typeof model !== 'object' || model === null) return undefined;
  const known = wrapped.get(model);
  if (known !== undefined) return known;
  const { supportedUrls } = model as { readonly supportedUrls?: unknown };
  return typeof supportedUrls === 'object' && supportedUrls !== null ? wrapped.get(supportedUrls) : undefined;
}

export function isWrapped(model: unknown): boolean {
  return wrappingOf(model) !== undefined;
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
