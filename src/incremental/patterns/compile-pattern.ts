import { riskOf } from './pattern-risk.ts';

/** Longer strings meet every pattern, so that no pattern can hold up a run. */
export const LONGEST_TESTED = 10_000;

/** A test for a pattern, or the reason why it cannot or must not run. */
export type Pattern =
  | { readonly type: 'runs'; readonly test: (text: string) => boolean; readonly longest: number }
  | { readonly type: 'skipped'; readonly reason: string };

/** Compiles a pattern as ECMA-262 reads it, with the `u` flag where it allows that. */
export function compilePattern(source: string): Pattern {
  const expression = regExp(source, 'u') ?? regExp(source, '');
  if (expression === undefined) return { type: 'skipped', reason: 'it is no regular expression' };
  const risk = riskOf(source, LONGEST_TESTED);
  if (risk.type === 'unbounded') return { type: 'skipped', reason: risk.reason };
  const { longest } = risk;
  return { type: 'runs', test: (text) => text.length > longest || expression.test(text), longest };
}

function regExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
