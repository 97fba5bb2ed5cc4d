import { inspect } from 'node:util';
import { expect } from 'vitest';
import { StoreError } from '../../src/errors/store-error.ts';

/** Text that must never be seen in an error. */
export const secret = 'the-secret-of-a-prompt';

/** The `StoreError` that the promise is rejected with, proved to tell nothing of values, members and commands. */
export async function failureOf(promise: Promise<unknown>): Promise<StoreError> {
  const error = await promise.then(
    (value) => expect.fail(`It should have failed, and gave ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  if (!StoreError.isInstance(error)) throw error;
  const everything = `${chainOf(error).join('\n')} ${inspect(error, { depth: 20, showHidden: true })}`;
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(btoa(secret).slice(0, 12));
  expect(everything).not.toMatch(/redis\.call|KEYS\[1\]|"eval"|command was/i);
  return error;
}

/** All that a logger could print of the error and of what caused it. */
function chainOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const cause = 'cause' in error ? chainOf(error.cause) : [];
  return [JSON.stringify(error), error instanceof Error ? `${error.message} ${error.stack}` : '', ...cause];
}
