import type { SourceValue } from '../text/source-value.ts';
import { skipSpace, skipSpaceBack } from '../text/trivia.ts';
import { isHeld } from '../values/scalar-readings.ts';

type Span = Pick<SourceValue, 'start' | 'end'>;

/** What a text has beside its values. */
export interface Surroundings {
  /** Where the text begins, after white space. */
  readonly start: number;
  /** Whether more than fences, tags, white space and closers stands around a value. */
  hasProse(value: Span): boolean;
  /** Whether a value has words beside it, with no fence or tag of its own between them. */
  hasWords(value: Span): boolean;
}

/** Looks at what stands around the values of a text: what stands before them all, once. */
export function surroundingsOf(text: string): Surroundings {
  const firstWords = endOfMarks(text, 0);
  const hasProse = ({ start, end }: Span) => firstWords < start || endOfMarks(text, end) < text.length;
  return {
    start: skipSpace(text, 0),
    hasProse,
    hasWords(value) {
      const before = text.slice(0, skipSpaceBack(text, value.start)).slice(-32);
      const after = text.charAt(skipSpace(text, value.end));
      const isMarked = /(?:^|>|`{3}\w*)$/.test(before) && (after === '' || '<`'.includes(after));
      return !isMarked && hasProse(value);
    },
  };
}

/** Where the fences, tags, white space and closers end that begin at a position. */
function endOfMarks(text: string, position: number): number {
  marks.lastIndex = position;
  return marks.test(text) ? marks.lastIndex : position;
}

const marks = /(?:[\s,;}\]\uFEFF]|<[^<>{[\n]{1,64}>|`{3}\w*)*/y;

export function isEmpty(node: SourceValue): boolean {
  return node.type === 'object' ? node.members.length === 0 : node.type === 'array' && node.items.length === 0;
}

/** Whether each number in a value keeps its digits when it is parsed. */
export function holdsNumbers(node: SourceValue): boolean {
  if (node.type === 'object') return node.members.every((member) => holdsNumbers(member.node));
  if (node.type === 'array') return node.items.every(holdsNumbers);
  return node.type !== 'number' || isHeld(node.json);
}
