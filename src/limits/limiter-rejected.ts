/** A limiter refused a call. That is neither the provider's failure nor a check's. `cause` is the limiter's error. */
export class LimiterRejected extends Error {
  override readonly name = 'LimiterRejected';
  /** The check that made the call; `undefined` if a stage did. */
  check: string | undefined;
}
