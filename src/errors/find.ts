/**
 * Looks for an error of ours in an error and in what it wraps: `lastError` of the SDK's `RetryError`, `ended` of
 * `CallbackFailedError`, and `cause`.
 */
export function findError<ERROR>(
  error: unknown,
  isInstance: (candidate: unknown) => candidate is ERROR,
): ERROR | undefined {
  const seen = new Set<unknown>();
  const waiting = [error];
  while (waiting.length > 0) {
    const candidate = waiting.shift();
    if (typeof candidate !== 'object' || candidate === null || seen.has(candidate)) continue;
    if (isInstance(candidate)) return candidate;
    seen.add(candidate);
    if ('lastError' in candidate) waiting.push(candidate.lastError);
    if ('ended' in candidate) waiting.push(candidate.ended);
    if ('cause' in candidate) waiting.push(candidate.cause);
  }
  return undefined;
}
