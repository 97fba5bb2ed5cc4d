import { InvalidArgumentError } from '@ai-sdk/provider';
import { atOnce, type Steps } from '../../effects/in-turns.ts';
import type { Issue } from '../../trace/issue.ts';
import { explain } from '../explaining/explain.ts';
import { Report } from '../explaining/issue-report.ts';
import { judgeStepwise } from '../judging/deep-value.ts';
import { allowSteps, isExhausted } from '../patterns/effort.ts';
import type { Identities } from '../text/identity.ts';
import { type CompileOptions, Compiler } from './compiler.ts';
import { guardOf } from './guard.ts';
import { RecentAlike } from './recent-alike.ts';
import { RecentMap } from './recent-map.ts';
import { refuseLibrarySchema } from './refuse-library-schema.ts';
import type { SchemaNode } from './schema-node.ts';

/** A compiled JSON Schema. */
export interface CompiledSchema {
  readonly root: SchemaNode;
  /** Of the values that the schema lists. */
  readonly identities: Identities;
  /** Names, as the call from outside that now ends used up its steps, that something was left undecided. */
  readonly noteEffort: () => void;
  /** What is not judged, in words. It grows when a string is too costly for a pattern. */
  readonly limits: readonly string[];
  isValid(value: unknown): boolean;
  /** Why a value is invalid: each finding once, at most 50; `[]` if it is valid. */
  issuesOf(value: unknown): readonly Issue[];
}

/**
 * Compiles a JSON Schema without code generation. The same schema, by identity or by content, is compiled once.
 *
 * @throws InvalidArgumentError if it is neither an object nor a boolean, or another library's, or an option has another value.
 * @example compileSchema({ type: 'object', required: ['total'] }).issuesOf({}) // one issue: total is missing
 */
export function compileSchema(schema: unknown, options?: CompileOptions): CompiledSchema {
  return atOnce(compileInSteps(schema, options));
}

/** The same, in steps of some milliseconds; a short schema takes none. */
export function* compileInSteps(schema: unknown, options: CompileOptions = {}): Steps<CompiledSchema> {
  refuseOther('formats', options.formats, ['annotate', 'assert']);
  refuseOther('additionalMembers', options.additionalMembers, ['judge', 'allow']);
  const known = caches[
    (options.formats === 'assert' ? 1 : 0) + (options.additionalMembers === 'allow' ? 2 : 0)
  ] as Cache;
  const isObject = typeof schema === 'object' && schema !== null;
  const compiled = isObject ? (known.byIdentity.get(schema) ?? known.alike.get(schema)) : undefined;
  if (compiled !== undefined) return compiled;
  if (isObject || typeof schema === 'function') refuseLibrarySchema(schema);
  const content = contentOf(schema);
  const seen = known.byContent.get(content);
  if (seen !== undefined) known.alike.add(content, seen);
  const found = seen ?? known.byContent.set(content, yield* compile(schema, content, options));
  if (isObject) known.byIdentity.set(schema, found);
  return found;
}

function refuseOther(argument: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || allowed.some((known) => known === value)) return;
  throw new InvalidArgumentError({ argument, message: `${argument} must be "${allowed.join('" or "')}".` });
}

/** Compiled schemas for one combination of options. */
interface Cache {
  readonly byIdentity: WeakMap<object, CompiledSchema>;
  readonly byContent: RecentMap<CompiledSchema>;
  /** Of those that came more than once, each time as an object of its own: comparing costs half of writing them as text. */
  readonly alike: RecentAlike<CompiledSchema>;
}

const MOST_KEPT = 256;
const caches: readonly Cache[] = Array.from({ length: 4 }, () => ({
  byIdentity: new WeakMap(),
  byContent: new RecentMap(MOST_KEPT),
  alike: new RecentAlike(),
}));

function contentOf(schema: unknown): string {
  try {
    return JSON.stringify(schema);
  } catch (cause) {
    throw new InvalidArgumentError({ argument: 'schema', message: 'The schema is no plain JSON.', cause });
  }
}

function* compile(schema: unknown, content: string, options: CompileOptions): Steps<CompiledSchema> {
  allowSteps();
  const compiler = new Compiler(schema, content, options);
  const root = yield* compiler.compile();
  const { identities } = compiler;
  const guard = guardOf(compiler.nodes, identities);
  const noteEffort = () => {
    if (isExhausted()) compiler.limit('a value took too much judging, and parts of it are undecided');
  };
  const isValid = (value: unknown): boolean => {
    allowSteps();
    const result = value !== undefined && guard.run(() => root.isValid(value));
    noteEffort();
    return result;
  };
  return {
    root,
    identities,
    noteEffort,
    limits: compiler.limits,
    isValid,
    issuesOf: (value) => {
      if (isValid(value)) return [];
      allowSteps();
      const report = new Report(undefined);
      const explainAll = () => explain(root, value, undefined, report);
      guard.run(() => guard.within(explainAll, () => {}));
      if (report.issues.length > 0) return report.issues;
      allowSteps();
      const { issues } = judgeStepwise(root, value, identities);
      if (issues.length > 0) return issues;
      // finding out once more what is wrong took too much judging
      report.add(undefined, 'Change the answer; it does not fit the schema.');
      return report.issues;
    },
  };
}
