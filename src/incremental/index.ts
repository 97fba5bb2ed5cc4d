export { type CompiledSchema, compileSchema } from './compile.ts';
export type { CompileOptions } from './compiler.ts';
export { type Token, Tokenizer } from './tokenizer.ts';
export {
  type IncrementalCheck,
  type IncrementalState,
  type IncrementalValidator,
  type IncrementalValidatorOptions,
  incrementalValidator,
} from './validator.ts';
