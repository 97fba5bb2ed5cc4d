import { mostTries } from './limits.ts';
import { parseAt } from './parse.ts';
import { nextBracket } from './tokens.ts';

const thinkingTag = /<(\/?)(?:think|thinking|thought|reasoning|scratchpad)>/gi;

/**
 * Where what a model thought before its answer ends: behind the last closing tag that stands in no value. `undefined` when it
 * is still thinking where the text ends.
 */
export function endOfThinking(text: string): number | undefined {
  const values = valuesFrom(text);
  let end = 0;
  let isOpen = false;
  for (const { index, 0: tag, 1: slash } of text.matchAll(thinkingTag)) {
    if (!isOpen && values.areAround(index)) continue;
    isOpen = slash === '';
    if (!isOpen) end = index + tag.length;
  }
  return isOpen ? undefined : end;
}

/** Looks for values from the beginning of a text on, each once. */
function valuesFrom(text: string) {
  let tries = 0;
  let end = 0;
  let opening = nextBracket(text, 0);
  return {
    /** Whether a value begins before a place and ends behind it; the places asked for go up. */
    areAround(place: number): boolean {
      while (end <= place && opening !== -1 && opening < place && tries < mostTries) {
        tries += 1;
        const parsed = parseAt(text, opening);
        end = typeof parsed === 'object' ? parsed.root.end : opening + 1;
        opening = nextBracket(text, end);
      }
      return end > place;
    },
  };
}
