import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { IncrementalCheck } from './incremental-check.ts';
import { LenientRun } from './lenient-run.ts';
import { compileSchema } from './schema/compiled-schema.ts';
import type { CompileOptions } from './schema/compiler.ts';
import { IncrementalRun } from './strict-run.ts';

/** How a text is validated. */
export interface IncrementalValidatorOptions extends CompileOptions {
  /** Whether prose and code fences before and after the JSON are skipped. @default false */
  readonly lenient?: boolean;
}

/** Validates JSON text against a schema while the text is being written. */
export interface IncrementalValidator {
  /** What is not judged, in words. It grows when a string is too costly for a pattern. */
  readonly limits: readonly string[];
  /** Starts to judge one text. */
  start(): IncrementalCheck;
}

/**
 * Creates a validator that judges JSON text piece by piece. It reports an invalid text as soon as no continuation can
 * be valid.
 *
 * @example
 * const check = incrementalValidator({ type: 'object', properties: { total: { type: 'number' } } }).start();
 * check.push('{"total": "'); // { state: 'dead', issues: [{ message: 'Make total a number; it is a string.', … }], … }
 * @throws InvalidArgumentError if the schema is neither an object nor a boolean, or another library's, or an option is
 * unknown or has another value; pushing anything but a string throws it too.
 */
export function incrementalValidator(schema: unknown, options: IncrementalValidatorOptions = {}): IncrementalValidator {
  refuseBadOptions('incrementalValidator', options, { lenient: 'boolean', formats: true, additionalMembers: true });
  const compiled = compileSchema(schema, options);
  const { limits } = compiled;
  return { limits, start: () => (options.lenient ? new LenientRun(compiled) : new IncrementalRun(compiled)) };
}
