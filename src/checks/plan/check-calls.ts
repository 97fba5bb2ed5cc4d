/** The model calls of one check while it judges: when it is over, they are. */
export interface CheckCalls {
  /** Aborts when the check has returned, was given up, or threw. */
  readonly over: AbortSignal;
  /** Settle when the calls are over and told; they never reject. */
  readonly running: Promise<void>[];
}

/** Makes what a check's model calls need with the first of them; most checks make none. */
export function callsOfCheck() {
  let made: { readonly controller: AbortController; readonly calls: CheckCalls } | undefined;
  let isOver = false;
  const abort = () => made?.controller.abort(new DOMException('The check is over.', 'AbortError'));
  return {
    begin(): CheckCalls {
      if (made === undefined) {
        const controller = new AbortController();
        made = { controller, calls: { over: controller.signal, running: [] } };
        // A check that was given up may come to its first call later.
        if (isOver) abort();
      }
      return made.calls;
    },
    hasBegun: () => made !== undefined,
    /** Ends what is left of them: nobody is there to read it. */
    async end(): Promise<void> {
      isOver = true;
      abort();
      await Promise.all(made?.calls.running ?? []);
    },
  };
}
