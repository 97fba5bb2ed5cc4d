import type { Truth } from '../schema/truth.ts';
import { afford, Exhausted, isExhausted, spend } from './effort.ts';
import { sizeOf } from './expression.ts';
import { type Flags, flagsOf } from './flags.ts';
import { matcherOf } from './matcher.ts';
import { parsePattern, Unreadable } from './parse-pattern.ts';

/** A pattern of more instructions is not run. */
const MOST_INSTRUCTIONS = 20_000;
/** What making one instruction costs. */
const STEPS_PER_INSTRUCTION = 40;

/** What reading a pattern costs, and each character of it. */
const STEPS_PER_PATTERN = 3000;
const STEPS_PER_CHARACTER = 20;
/** What beginning a test costs. */
const STEPS_PER_TEST = 30;

/** A test for a pattern, or the reason why it is not run. */
export type Pattern =
  | { readonly type: 'runs'; test(text: string): Truth }
  | { readonly type: 'skipped'; readonly reason: string };

/** Compiles a pattern as ECMA-262 reads it, with the `u` flag where it allows that. */
export function compilePattern(source: string): Pattern {
  if (!afford(STEPS_PER_PATTERN + STEPS_PER_CHARACTER * source.length))
    return { type: 'skipped', reason: 'it is too long' };
  const flags = isExpression(source, 'u') ? 'u' : '';
  if (flags === '' && !isExpression(source, '')) return { type: 'skipped', reason: 'it is no regular expression' };
  if (flags === '' && /\\[pP]\{/.test(source)) return { type: 'skipped', reason: 'it is none with the u flag' };
  return compiled(source, flagsOf(flags));
}

/** Compiles a regular expression; whether it is global or sticky does not matter. */
export function compileRegExp({ source, flags }: RegExp): Pattern {
  if (flags.includes('v')) return { type: 'skipped', reason: 'it has the v flag' };
  return compiled(source, flagsOf(flags.replace(/[dgy]/g, '')));
}

function compiled(source: string, flags: Flags): Pattern {
  try {
    const expression = parsePattern(source, flags);
    const size = sizeOf(expression);
    if (size > MOST_INSTRUCTIONS) return { type: 'skipped', reason: 'it is too long' };
    let matches: ((text: string) => boolean) | undefined;
    const test = (text: string) => {
      if (matches === undefined) {
        spend(size * STEPS_PER_INSTRUCTION);
        matches = matcherOf(expression, flags);
      }
      return matches(text);
    };
    return { type: 'runs', test: (text) => unlessExhausted(() => test(text)) };
  } catch (error) {
    if (error instanceof Unreadable) return { type: 'skipped', reason: error.message };
    throw error;
  }
}

function unlessExhausted(judge: () => boolean): Truth {
  if (isExhausted()) return undefined;
  try {
    spend(STEPS_PER_TEST);
    return judge();
  } catch (error) {
    if (error instanceof Exhausted) return undefined;
    throw error;
  }
}

function isExpression(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) !== undefined;
  } catch {
    return false;
  }
}
