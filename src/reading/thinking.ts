import { mostTries } from './limits.ts';
import { parseAt } from './parse.ts';
import { literal, thoughtTagOf } from './thought-tag.ts';
import { nextBracket } from './tokens.ts';

/** Tags that are around thoughts wherever they stand. */
const thinkingNames = ['think', 'thinking', 'thought', 'reasoning', 'scratchpad'];
const thinkingTag = tagOf(thinkingNames);

function tagOf(names: readonly string[]): RegExp {
  return new RegExp(`<(/?)(?:${names.join('|')})(?:[\\s=][^<>]{0,200})?>`, 'gi');
}

/**
 * Where what a model thought before its answer ends: behind the last closing tag that stands in no value. `undefined` when it
 * is still thinking where the text ends, or thinks about an answer that the text begins with.
 */
export function endOfThinking(text: string): number | undefined {
  const own = thoughtTagOf(text);
  const tags = own === undefined ? thinkingTag : tagOf([...thinkingNames, literal(own)]);
  const values = valuesFrom(text);
  let end = 0;
  let isOpen = false;
  for (const { index, 0: tag, 1: slash } of text.matchAll(tags)) {
    if (!isOpen && values.areAround(index)) continue;
    if (values.areFirst()) return undefined;
    isOpen = slash === '';
    if (!isOpen) end = index + tag.length;
  }
  return isOpen ? undefined : end;
}

/** What stands before a value that a text begins with. */
const beginning = /^[\s\uFEFF]*(?:`{3}[\w-]*\s*)?$/;

/** Looks for values from the beginning of a text on, each once. */
function valuesFrom(text: string) {
  let tries = 0;
  let end = 0;
  let opening = nextBracket(text, 0);
  let isFirst = false;
  return {
    /** Whether the text begins with one of those looked for. */
    areFirst: () => isFirst,
    /** Whether a value begins before a place and ends behind it; the places asked for go up. */
    areAround(place: number): boolean {
      while (end <= place && opening !== -1 && opening < place && tries < mostTries) {
        const parsed = parseAt(text, opening);
        if (tries === 0 && parsed !== 'none') isFirst = beginning.test(text.slice(0, opening));
        tries += 1;
        end = typeof parsed === 'object' ? parsed.root.end : opening + 1;
        opening = nextBracket(text, end);
      }
      return end > place;
    },
  };
}
