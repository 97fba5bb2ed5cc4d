import type { Issue } from '../trace/issue.ts';
import { LenientRun } from './lenient-run.ts';
import { compileSchema } from './schema/compiled-schema.ts';
import type { CompileOptions } from './schema/compiler.ts';
import { IncrementalRun } from './strict-run.ts';

export interface IncrementalValidatorOptions extends CompileOptions {
  /**
   * Whether prose and code fences before and after the JSON are skipped.
   * @default false
   */
  readonly lenient?: boolean;
}

/** Judges JSON text against a schema while the text is being written. */
export interface IncrementalValidator {
  /** What of the schema is not judged, in words. */
  readonly limits: readonly string[];
  /** Begins to judge one text. */
  start(): IncrementalCheck;
}

export interface IncrementalCheck {
  /** Takes the next piece, of any size, and says how the whole text so far stands. */
  push(text: string): IncrementalState;
  /** Says that the text ends here. */
  end(): { readonly valid: boolean; readonly issues: readonly Issue[] };
}

export interface IncrementalState {
  /** `complete` once the JSON value is closed and valid; `dead`, for good, once no continuation is valid. */
  readonly state: 'open' | 'complete' | 'dead';
  /** Why it is dead. */
  readonly issues: readonly Issue[];
  /** How many characters of the whole text nothing that follows can make wrong. */
  readonly safeLength: number;
  /** Where in the whole text the JSON begins; more than 0 only after skipped prose. */
  readonly jsonStart: number;
}

/**
 * Makes a validator that judges JSON text piece by piece: as soon as nothing valid can come of it, it says so.
 *
 * @example
 * const check = incrementalValidator({ type: 'object', properties: { total: { type: 'number' } } }).start();
 * check.push('{"total": "'); // { state: 'dead', issues: [{ message: 'Make total a number; it is a string.', … }], … }
 *
 * @throws InvalidArgumentError if the schema is neither an object nor a boolean.
 */
export function incrementalValidator(schema: unknown, options: IncrementalValidatorOptions = {}): IncrementalValidator {
  const { root, limits } = compileSchema(schema, options);
  return { limits, start: () => (options.lenient ? new LenientRun(root) : new IncrementalRun(root)) };
}
