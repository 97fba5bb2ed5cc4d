import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Issue } from '../trace/issue.ts';
import { type CompileOptions, Compiler } from './compiler.ts';
import { explain } from './explain.ts';
import { judgeOf } from './judge.ts';
import { Report } from './report.ts';
import type { SchemaNode } from './schema-node.ts';
import { judgeStepwise } from './stepwise.ts';

/** A JSON Schema made ready to judge values. */
export interface CompiledSchema {
  readonly root: SchemaNode;
  /** What of the schema is not judged, in words. */
  readonly limits: readonly string[];
  isValid(value: unknown): boolean;
  /** Why a value is not valid: each finding once, at most 50; `[]` if it is. */
  issuesOf(value: unknown): readonly Issue[];
}

/**
 * Compiles a JSON Schema without code generation; the same schema, as an object or by content, is compiled once.
 *
 * @throws InvalidArgumentError if it is neither an object nor a boolean.
 */
export function compileSchema(schema: unknown, options: CompileOptions = {}): CompiledSchema {
  const key = `${options.formats === 'assert' ? 'assert' : ''},${options.additionalMembers === 'allow' ? 'allow' : ''}`;
  const known = typeof schema === 'object' && schema !== null ? knownByIdentity(schema) : undefined;
  let compiled = known?.get(key);
  if (compiled === undefined) {
    compiled = compiledByContent(schema, options, key);
    known?.set(key, compiled);
  }
  return compiled;
}

const byIdentity = new WeakMap<object, Map<string, CompiledSchema>>();
const byContent = new Map<string, CompiledSchema>();
const MOST_KEPT = 256;

function knownByIdentity(schema: object): Map<string, CompiledSchema> {
  let known = byIdentity.get(schema);
  if (known === undefined) {
    known = new Map();
    byIdentity.set(schema, known);
  }
  return known;
}

function compiledByContent(schema: unknown, options: CompileOptions, optionsKey: string): CompiledSchema {
  const key = `${optionsKey},${contentOf(schema)}`;
  const known = byContent.get(key);
  byContent.delete(key);
  const compiled = known ?? compile(schema, options);
  byContent.set(key, compiled);
  if (byContent.size > MOST_KEPT) byContent.delete(byContent.keys().next().value as string);
  return compiled;
}

function contentOf(schema: unknown): string {
  try {
    return JSON.stringify(schema);
  } catch (cause) {
    throw new InvalidArgumentError({ argument: 'schema', message: 'The schema is no plain JSON.', cause });
  }
}

function compile(schema: unknown, options: CompileOptions): CompiledSchema {
  const compiler = new Compiler(schema, options);
  const root = compiler.compile();
  const guard = link(compiler.nodes);
  const isValid = (value: unknown) => guard.run(() => root.isValid(value)) ?? judgeStepwise(root, value).isValid;
  return {
    root,
    limits: [...compiler.limits],
    isValid,
    issuesOf: (value) => {
      if (isValid(value)) return [];
      const report = new Report(undefined);
      const isDone = guard.run(() => {
        explain(root, value, undefined, report);
        return true;
      });
      if (isDone !== true || report.issues.length === 0) return judgeStepwise(root, value).issues;
      return report.issues;
    },
  };
}

/** How deep references may lead into a value on the call stack; deeper values are judged step by step. */
const DEEPEST = 400;

class TooDeep extends Error {}

/** Keeps recursive schemas within the call stack, and makes each judge each value once. */
interface Guard {
  /** Runs a judgement; `undefined` if the value is too deep for it. */
  run<RESULT>(judge: () => RESULT): RESULT | undefined;
}

function link(nodes: readonly SchemaNode[]): Guard {
  const memories: Map<unknown, boolean>[] = [];
  let depth = 0;
  const isBranching = nodes.some(({ combinators }) => combinators.some(({ branches }) => branches.length > 1));
  for (const node of nodes) {
    const judge = judgeOf(node);
    if (node.referrers === 0) {
      node.isValid = judge;
      continue;
    }
    const memory = isBranching && node.referrers > 1 ? new Map<unknown, boolean>() : undefined;
    if (memory) memories.push(memory);
    let lastScalar: unknown;
    let isLastMet = false;
    node.isValid = (value) => {
      if (typeof value !== 'object' || value === null) {
        if (memory === undefined) return judge(value);
        if (lastScalar !== value) [isLastMet, lastScalar] = [judge(value), value];
        return isLastMet;
      }
      let isMet = memory?.get(value);
      if (isMet !== undefined) return isMet;
      if (++depth > DEEPEST) throw new TooDeep();
      isMet = judge(value);
      depth--;
      memory?.set(value, isMet);
      return isMet;
    };
  }
  return {
    run: (judge) => {
      depth = 0;
      try {
        return judge();
      } catch (error) {
        if (error instanceof TooDeep) return undefined;
        throw error;
      } finally {
        for (const memory of memories) memory.clear();
      }
    },
  };
}
