import { riskOf } from './pattern-risk.ts';

/** Longer strings meet every pattern, so that no pattern can hold up a run. */
const LONGEST_TESTED = 10_000;

/** A test for a pattern, or `undefined` with the reason when it cannot or must not run. */
export type Pattern =
  | { readonly type: 'runs'; readonly test: (text: string) => boolean }
  | { readonly type: 'skipped'; readonly reason: string };

/** Compiles a pattern as ECMA-262 reads it, with the `u` flag where it allows that. */
export function compilePattern(source: string): Pattern {
  const risk = riskOf(source);
  if (risk !== undefined) return { type: 'skipped', reason: risk };
  const expression = regExp(source, 'u') ?? regExp(source, '');
  if (expression === undefined) return { type: 'skipped', reason: 'it is no regular expression' };
  return { type: 'runs', test: (text) => text.length > LONGEST_TESTED || expression.test(text) };
}

function regExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
