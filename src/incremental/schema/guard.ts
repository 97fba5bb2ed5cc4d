import { judgeStepwise } from '../judging/deep-value.ts';
import { judgeOf } from '../judging/whole-value.ts';
import { afford } from '../patterns/effort.ts';
import type { Identities } from '../text/identity.ts';
import { recursiveNodes, repeatedNodes } from './routes.ts';
import type { Judge, SchemaNode } from './schema-node.ts';
import type { Truth } from './truth.ts';

/** How deep references may lead into a value on the call stack; deeper values are judged step by step. */
const DEEPEST = 400;

class TooDeep extends Error {}

/** Keeps judging within the call stack, and makes each judge each value once. */
export interface Guard {
  /** Runs what judges one value, as often as it likes. */
  run<RESULT>(judge: () => RESULT): RESULT;
  /** Runs a judgement, or `otherwise` if the value is too deep for it. */
  within<RESULT>(judge: () => RESULT, otherwise: () => RESULT): RESULT;
}

/** Prepares the nodes of one schema to judge whole values. */
export function guardOf(nodes: readonly SchemaNode[], identities: Identities): Guard {
  const recursive = recursiveNodes(nodes);
  const repeated = repeatedNodes(nodes);
  const memories: Map<unknown, Truth>[] = [];
  let depth = 0;
  const guardDepth =
    (judge: Judge): Judge =>
    (value) => {
      if (typeof value !== 'object') return judge(value);
      if (++depth > DEEPEST) throw new TooDeep();
      const truth = judge(value);
      depth--;
      return truth;
    };
  const remember = (judge: Judge): Judge => {
    const memory = new Map<unknown, Truth>();
    memories.push(memory);
    return remembering(memory, judge);
  };
  /** Forgets a judgement that the call stack has no room for. */
  const leave = (error: unknown) => {
    if (!(error instanceof TooDeep || error instanceof RangeError)) throw error;
    depth = 0;
  };
  const guarded: SchemaNode['guarded'] = (node, value) => {
    try {
      return node.judge(value) !== false;
    } catch (error) {
      leave(error);
      return judgeStepwise(node, value, identities).isValid;
    }
  };
  const prepare: SchemaNode['prepare'] = (node) => {
    const judge = recursive.has(node) ? guardDepth(judgeOf(node)) : judgeOf(node);
    return repeated.has(node) ? remember(judge) : judge;
  };
  for (const node of nodes) {
    node.guarded = guarded;
    node.prepare = prepare;
  }
  return {
    within: (judge, otherwise) => {
      try {
        return judge();
      } catch (error) {
        leave(error);
        return otherwise();
      }
    },
    run: (judge) => {
      try {
        return judge();
      } finally {
        depth = 0;
        for (const memory of memories) memory.clear();
      }
    },
  };
}

/** What remembering the judgement of a value costs. */
const STEPS_PER_MEMORY = 15;

/** Judges a container once a run, and a scalar once in a row, which is all that is asked about it. */
function remembering(memory: Map<unknown, Truth>, judge: Judge): Judge {
  let lastScalar: unknown;
  let lastTruth: Truth = false;
  return (value) => {
    if (typeof value !== 'object' || value === null) {
      if (lastScalar !== value) [lastTruth, lastScalar] = [judge(value), value];
      return lastTruth;
    }
    if (memory.has(value)) return memory.get(value);
    if (!afford(STEPS_PER_MEMORY)) return undefined;
    const truth = judge(value);
    memory.set(value, truth);
    return truth;
  };
}
