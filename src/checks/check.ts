import { InvalidArgumentError } from '@ai-sdk/provider';
import type { FlexibleSchema, InferSchema, LanguageModel as SdkLanguageModel } from 'ai';
import { type OptionNames, refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Answer } from '../model/answer.ts';
import type { CallOptions } from '../model/language-model.ts';
import type { ModelInput } from '../model/resolve-model.ts';
import type { History } from '../trace/history.ts';
import type { Found } from './found.ts';
import type { IncrementalTest } from './incremental-test.ts';
import { refines } from './plan/says-all.ts';
import { isFlexibleSchema, refuseBadJsonSchema } from './schema.ts';

export type { Found, FoundIssue } from './found.ts';

/** What a check knows besides the answer: the call that it answers, and the run so far. */
export interface CheckContext {
  /** The caller's call. */
  readonly params: CallOptions;
  readonly history: History;
  readonly attempt: number;
  /** Whether this is the last attempt: if it fails, the run gives up. */
  readonly isLastAttempt: boolean;
  /** What lent tools, and tools executed by the provider, returned in this run, oldest first. */
  readonly toolResults: readonly ToolOutcome[];
  /** The caller's abort signal. A timeout of the check does not abort it. */
  readonly abortSignal?: AbortSignal;
  /**
   * Returns the model for this check to call. Its calls pass the run's limits, count in `usage.checks` and emit
   * `check-call`.
   */
  metered(model: ModelInput): Promise<SdkLanguageModel>;
}

/** What a tool returned. */
export interface ToolOutcome {
  readonly toolName: string;
  readonly output: unknown;
}

/**
 * Judges an answer: returns `true` if it passes, otherwise a message that says what to change, an issue, or a list of
 * issues.
 */
export type CheckTest<VALUE> = (answer: Answer<VALUE>, context: CheckContext) => Found | PromiseLike<Found>;

/** Judges an answer. */
export interface Check<VALUE = unknown> {
  /** The name in issues, events and reports; unique on a model. */
  readonly name: string;
  /** Part of the cache key. Change it when the test changes. */
  readonly version?: string;
  /**
   * A `warning` does not reject the answer. It runs once, after everything else has passed, and its issues appear in
   * the report and the events.
   * @default 'error'
   */
  readonly severity?: 'error' | 'warning';
  /** The names of the checks that must pass before this one runs. @default [] */
  readonly after?: readonly string[];
  /** How long the test may take, in milliseconds. After that the run ends with `CheckCrashedError`. @default 30_000 */
  readonly timeoutMs?: number;
  /**
   * A schema that the answer's JSON must fit. It is checked first, and the test gets the value that the schema returns.
   */
  readonly schema?: FlexibleSchema<VALUE>;
  /** Declares that only the schema's structure matters, so the answer may be released while it streams. */
  readonly incremental?: boolean;
  /**
   * A check of phase `tool-input` runs first, and also judges intermediate answers: those that call the caller's own
   * tools.
   * @default 'content'
   */
  readonly phase?: 'tool-input' | 'content';
  /** Set by `toolInputs`: judges the inputs while they stream, and says whether unknown members are issues. */
  readonly unknownMembers?: 'judge' | 'allow';
  /** Judges the text while it streams, instead of a test. */
  start?(): IncrementalTest;
  /** Judges the answer. (A method, so that a check of a narrower value is assignable to `Check`.) */
  test?(answer: Answer<VALUE>, context: CheckContext): Found | PromiseLike<Found>;
}

/** A check, or a schema that is used as one: zod, valibot, arktype, the SDK's `jsonSchema(…)`. */
export type CheckInput = Check | FlexibleSchema<unknown>;

/**
 * Creates a check from a name and a test. With a schema between them, the test gets a typed value.
 *
 * @throws InvalidArgumentError without a name, without a test or schema, or for an invalid definition.
 * @example check('adds-up', Invoice, ({ value }) => sum(value.lines) === value.total || 'Make total the sum of the lines.')
 */
export function check(name: string, test: CheckTest<unknown>): Check;
export function check<SCHEMA extends FlexibleSchema>(
  name: string,
  schema: SCHEMA,
  test: CheckTest<InferSchema<SCHEMA>>,
): Check<InferSchema<SCHEMA>>;
export function check<SCHEMA extends FlexibleSchema>(
  definition: Omit<Check, 'schema' | 'test'> & {
    readonly schema: SCHEMA;
    readonly test?: CheckTest<InferSchema<SCHEMA>>;
  },
): Check<InferSchema<SCHEMA>>;
export function check(definition: Check): Check;
export function check(
  nameOrDefinition: string | Check,
  schemaOrTest?: FlexibleSchema | CheckTest<unknown>,
  test?: CheckTest<unknown>,
): Check {
  if (typeof nameOrDefinition !== 'string') {
    const definition = validated(nameOrDefinition);
    refuseBadOptions('check', definition, memberNames);
    return definition;
  }
  if (test === undefined && isSchema(schemaOrTest))
    throw invalid(`The check "${nameOrDefinition}" has a schema and no test: check({ name, schema }), or give a test.`);
  if (test !== undefined) return validated({ name: nameOrDefinition, schema: schemaOrTest as FlexibleSchema, test });
  return validated({ name: nameOrDefinition, test: schemaOrTest as CheckTest<unknown> });
}

/** Refuses a check that could never judge. */
export function validated(definition: Check): Check {
  if (typeof definition !== 'object' || definition === null)
    throw invalid("A check comes of check('name', test), or is a schema: zod, valibot, arktype, jsonSchema(…).");
  const { name, schema, test, start, timeoutMs, incremental = false, severity = 'error' } = definition;
  if (typeof name !== 'string' || name === '')
    throw invalid("A check needs a name: check('name', test). If it is a schema, give z.object(…) or jsonSchema(…).");
  if (schema === undefined && test === undefined && start === undefined)
    throw invalid(`The check "${name}" needs a test, a schema or start().`);
  if (test !== undefined && typeof test !== 'function')
    throw invalid(`The test of the check "${name}" is no function.`);
  if (schema !== undefined && !isFlexibleSchema(schema)) {
    throw invalid(
      `The schema of the check "${name}" is none: give a zod, valibot or arktype schema, or jsonSchema(…).`,
    );
  }
  if (schema !== undefined) refuseBadJsonSchema(`The schema of the check "${name}"`, schema);
  if (incremental && schema === undefined)
    throw invalid(`The check "${name}" is incremental and has no schema: incremental says that its structure is all.`);
  if (incremental && (test !== undefined || refines(schema as FlexibleSchema))) {
    const [what, other] =
      test === undefined ? ['its schema has a refinement', 'refinement'] : ['it has a test', 'test'];
    throw invalid(
      `The check "${name}" is incremental, and ${what}, which sees the whole answer: leave out incremental, or the ${other}.`,
    );
  }
  if (severity !== 'error' && severity !== 'warning')
    throw invalid(`The severity of the check "${name}" must be error or warning.`);
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs < 2 ** 31))
    throw invalid(`timeoutMs of the check "${name}" must be above 0, and below 2^31: a longer timer ends at once.`);
  return definition;
}

const memberNames: OptionNames<Check> = {
  name: true,
  version: 'string',
  severity: true,
  after: 'list',
  timeoutMs: 'number',
  schema: true,
  incremental: 'boolean',
  phase: true,
  unknownMembers: true,
  start: 'function',
  test: true,
};

/** A schema may be a function, as arktype's are. */
function isSchema(given: unknown): boolean {
  return typeof given === 'object' ? given !== null : typeof given === 'function' && '~standard' in given;
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'checks', message });
}
