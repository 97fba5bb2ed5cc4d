import { errorName } from './error-name.ts';

/** What a function of the caller's did wrong in a run, which makes a `CallbackFailedError` of it. */
export class ThrownByCaller extends Error {
  override readonly name = 'ThrownByCaller';
  /** The function, as the options name it. */
  readonly callback: string;
  /** What it did, without the words of its error: they may hold a prompt. */
  readonly fault: string;

  constructor(callback: string, cause: unknown, fault = `threw ${errorName(cause) ?? 'an error'}`) {
    super(`${callback} ${fault}.`, { cause });
    this.callback = callback;
    this.fault = fault;
  }
}

/** Calls a function of the caller's. */
export function calling<RESULT>(callback: string, code: () => RESULT): RESULT {
  try {
    return code();
  } catch (error) {
    throw new ThrownByCaller(callback, error);
  }
}

/** Calls a function of the caller's that returns a text. */
export function callingForText(callback: string, code: () => string): string {
  const text: unknown = calling(callback, code);
  if (typeof text === 'string') return text;
  const what = text instanceof Promise ? 'a promise' : text === null ? 'null' : `a value of type ${typeof text}`;
  throw new ThrownByCaller(callback, undefined, `returned ${what} instead of a text`);
}
