import type { ParsedSql, StatementFacts } from './facts.ts';

/** Reads the trees of a parser. One with a construct that is not known here is refused: the statement came from a model. */
export function readAll<TREE>(trees: readonly TREE[], read: (tree: TREE) => StatementFacts): ParsedSql {
  try {
    return { type: 'parsed', statements: trees.map(read) };
  } catch (error) {
    const message =
      error instanceof RangeError
        ? 'it is nested too deeply'
        : 'it has a construct that cannot be judged: leave it out';
    return { type: 'error', error: { message, offset: 0 } };
  }
}
