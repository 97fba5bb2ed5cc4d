/** What a limiter rejects with is neither the provider's failure nor a check's; `cause` has it. */
export class LimiterRejected extends Error {
  override readonly name = 'LimiterRejected';
}
