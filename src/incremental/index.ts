/**
 * The streaming JSON Schema validator and the tolerant reader, usable without a model.
 *
 * @module ai-staged-retry/incremental
 */

export { type ReadJson, type ReadJsonOptions, readJson } from '../reading/read-json.ts';
export type { Fix, FixRule } from '../trace/fix.ts';
export type { IncrementalCheck, IncrementalState } from './incremental-check.ts';
export { type CompiledSchema, compileSchema } from './schema/compiled-schema.ts';
export type { CompileOptions } from './schema/compiler.ts';
export { type Token, Tokenizer } from './text/tokenizer.ts';
export {
  type IncrementalValidator,
  type IncrementalValidatorOptions,
  incrementalValidator,
} from './validator.ts';
