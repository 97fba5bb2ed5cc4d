/** Names that the SDK, and the platform in `AbortSignal.timeout()`, give errors. */
const knownName = /^(?:(?:AI|StagedRetry)_[A-Za-z]+|(?:Abort|Network|Timeout)Error)$/;

/**
 * What an error is called in code, which may be told of an error that is not ours: a name of the SDK or the platform, or
 * its class. A name that was set on the error itself could be any text.
 */
export function errorName(error: unknown): string | undefined {
  const { name, constructor: type } = Object(error) as { readonly name?: unknown; readonly constructor?: unknown };
  if (typeof name === 'string' && knownName.test(name)) return name;
  const className = error instanceof Error ? String((type as { readonly name?: unknown } | undefined)?.name) : '';
  return /^[A-Z]\w{2,63}$/.test(className) ? className : undefined;
}
