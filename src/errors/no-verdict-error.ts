/** A test returned what is no verdict; the cause of a `CheckCrashedError`. */
export class NoVerdictError extends TypeError {
  override readonly name = 'NoVerdictError';

  /** @param returned By its kind alone: it may hold the answer. */
  constructor(returned: string) {
    super(
      `It returned ${returned}. A test returns true where the answer passes, else what to change: a sentence, or a list of { message, path? } objects.`,
    );
  }
}
