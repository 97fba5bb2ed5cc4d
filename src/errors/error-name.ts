/** What an error is called, where that is a name and not a text: what may be told of an error that is not ours. */
export function errorName(error: unknown): string | undefined {
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === 'string' && /^\w{1,64}$/.test(name) ? name : undefined;
}
