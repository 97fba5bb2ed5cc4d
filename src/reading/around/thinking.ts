import { mostTries } from '../limits.ts';
import { parseAt } from '../text/parse.ts';
import { nextBracket } from '../text/tokens.ts';
import { literal, thoughtTagOf } from './thought-tag.ts';

/** What is around thoughts wherever it stands: tags in any namespace, and the marks that models have instead of tags. */
const tagNames = String.raw`(?:[\w.-]{1,32}[:_.-]|ant)?(?:thinking|thought|think|reasoning|scratchpad)`;
const otherMarks = String.raw`\[\/?think\]|<\|channel\|?>(?:analysis|thought|final)|<\|end\|>|<channel\|>|^thinking\.\.\.\s*$|\.\.\.done thinking\.`;
const thinkingMarks = marksOf(tagNames);

function marksOf(names: string): RegExp {
  return new RegExp(String.raw`[<◁]\|?\/?(?:${names})(?:[\s=][^<>]{0,200})?\|?[>▷]|${otherMarks}`, 'gim');
}

const closing = /^(?:[<[◁]\|?(?:\/|end)|<\|channel\|?>final|<channel|\.)/i;

/**
 * Where what a model thought before its answer ends: after the last closing mark that stands in no value. `undefined` when it
 * is still thinking where the text ends, or thinks about an answer that the text begins with.
 */
export function endOfThinking(text: string): number | undefined {
  const own = thoughtTagOf(text);
  const marks = own === undefined ? thinkingMarks : marksOf(`${tagNames}|${literal(own)}`);
  const values = valuesFrom(text);
  let end = 0;
  let isOpen = false;
  for (const { index, 0: mark } of text.matchAll(marks)) {
    // This one ends answers, too.
    if (!isOpen && (values.areAround(index) || mark === '<|end|>')) continue;
    if (values.areFirst()) return undefined;
    isOpen = !closing.test(mark);
    if (!isOpen) end = index + mark.length;
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
    /** Whether a value begins before a place and ends after it; the places asked for go up. */
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
