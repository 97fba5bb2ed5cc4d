import { isQuote } from './quotes.ts';
import { isBareName, isFence } from './tokens.ts';
import { hasLineFeed } from './trivia.ts';

/**
 * Whether at `position`, where a comma or a closer should stand, a value or a name begins that no other reading explains. The value
 * before it ended at `end`.
 */
export function lacksComma(source: string, end: number, position: number, isInArray: boolean): boolean {
  if (isFence(source, position)) return false;
  const character = source.charAt(position);
  const isOnNextLine = hasLineFeed(source, end, position);
  if (!isInArray) return isQuote(character) || (isOnNextLine && isBareName(source, position));
  if (character === '{' || character === '[') return true;
  // Python makes one string of two with nothing between them.
  if (isQuote(character)) return position > end && !/["'`”’]/.test(source.charAt(end - 1));
  return isOnNextLine && /[-\dtfnTFN]/.test(character);
}

/** Whether a string ends at `end` with a comma, which may be the one that is missing after its quote. */
export function endsWithQuotedSeparator(source: string, end: number): boolean {
  return /[,;] ?["'`”’]$/.test(source.slice(end - 3, end));
}
