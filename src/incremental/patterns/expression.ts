/** A regular expression, of which only matters whether it matches. */
export type Expression =
  /** One character of a set, written as in the pattern: `a`, `\d`, `[^x]`. */
  | { readonly type: 'character'; readonly source: string }
  | { readonly type: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly type: 'choice'; readonly options: readonly Expression[] }
  | { readonly type: 'repetition'; readonly part: Expression; readonly min: number; readonly max: number }
  | { readonly type: 'edge'; readonly at: Edge }
  | Look;

/** `^`, `$`, the same with the `m` flag, `\b` and `\B`. */
export type Edge = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** A lookahead or lookbehind. */
export interface Look {
  readonly type: 'look';
  readonly isBehind: boolean;
  readonly isNegative: boolean;
  readonly part: Expression;
}

/** More of them do not fit into the bits of a position's context. */
export const MOST_LOOKS = 20;

/** How many instructions the expression comes to; counts multiply. */
export function sizeOf(expression: Expression): number {
  switch (expression.type) {
    case 'sequence':
      return sum(expression.parts);
    case 'choice':
      return sum(expression.options) + expression.options.length;
    case 'repetition': {
      const { part, min, max } = expression;
      return 1 + (1 + sizeOf(part)) * (max === Number.POSITIVE_INFINITY ? min + 1 : max);
    }
    case 'look':
      return 1 + sizeOf(expression.part);
    default:
      return 1;
  }
}

function sum(parts: readonly Expression[]): number {
  return parts.reduce((size, part) => size + sizeOf(part), 0);
}
