import type { IncrementalCheck } from './incremental-check.ts';
import { LenientRun } from './lenient-run.ts';
import { compileSchema } from './schema/compiled-schema.ts';
import type { CompileOptions } from './schema/compiler.ts';
import { IncrementalRun } from './strict-run.ts';

/** How the text of the JSON value is read. */
export interface IncrementalValidatorOptions extends CompileOptions {
  /**
   * Whether prose and code fences before and after the JSON are skipped.
   * @default false
   */
  readonly lenient?: boolean;
}

/** Judges JSON text against a schema while the text is being written. */
export interface IncrementalValidator {
  /** What is not judged, in words; grows when a string turns out too costly for a pattern. */
  readonly limits: readonly string[];
  /** Begins to judge one text. */
  start(): IncrementalCheck;
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
  const compiled = compileSchema(schema, options);
  const { limits } = compiled;
  return { limits, start: () => (options.lenient ? new LenientRun(compiled) : new IncrementalRun(compiled)) };
}
