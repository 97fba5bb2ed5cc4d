/** Fails unless both are the same plain data. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [shown, wanted] = [show(actual), show(expected)];
  if (shown === wanted) return;
  throw new Error(`${what}: expected ${excerpt(wanted)}, got ${excerpt(shown)}.`);
}

/** Fails unless the promise is rejected with an error of that name. */
export async function expectRejection(promise: PromiseLike<unknown>, name: string, what: string): Promise<void> {
  try {
    await promise;
  } catch (error) {
    return expectSame(error instanceof Error ? error.name : error, name, what);
  }
  throw new Error(`${what}: expected a rejection with ${name}, got none.`);
}

function show(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

function excerpt(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}
