import { wordsOf } from './fold.ts';
import type { Evidence } from './index-of.ts';

/** The pieces of a quotation between its ellipses stand in a source. */
export function isQuoted(said: string, evidence: Pick<Evidence, 'hasPhrase'> | undefined): boolean {
  const pieces = said.split(/\[?(?:\.\.\.|…)\]?|\[[^\]]{0,100}\]/);
  return pieces.every((piece) => evidence?.hasPhrase(wordsOf(piece)) === true);
}
