import { parseAt } from './parse.ts';
import { plainValue } from './source-value.ts';
import { nextBracket } from './tokens.ts';

/** The first object or list that a text holds as JSON. */
export function heldIn(text: string): unknown {
  const opening = nextBracket(text, 0);
  const parsed = opening === -1 ? undefined : parseAt(text, opening);
  return typeof parsed === 'object' ? plainValue(parsed.root) : undefined;
}
