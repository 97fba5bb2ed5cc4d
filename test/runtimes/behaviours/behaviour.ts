/** One sentence that must hold in every runtime. */
export interface Behaviour {
  readonly title: string;
  /** Rejects with an error that says what was seen instead. */
  readonly run: () => Promise<void>;
}

/** @throws Error when the two are not the same JSON. */
export function equal(actual: unknown, expected: unknown): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`expected ${wanted}, saw ${seen}`);
}

/** The error that something rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection, saw none');
}
