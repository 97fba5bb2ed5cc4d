import { fieldsOf, isObject, pathOf } from './fields.ts';
import type { Path } from './labels.ts';

/** A stretch of the source; one that a value of the answer was found in has that value's key. */
export interface SourcePart {
  readonly text: string;
  readonly key?: string;
}

interface Found {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** What is looked for in a source: each value costs a search of all of it. */
const most = { fields: 300, sourceLength: 100_000, valueLength: 200 };

/** The source cut where the values of the answer stand in it; `undefined` where there is too much to look for. */
export function sourceParts(source: string, answer: unknown): readonly SourcePart[] | undefined {
  if (source.length > most.sourceLength || fieldsOf(answer).size > most.fields) return undefined;
  const parts: SourcePart[] = [];
  let done = 0;
  for (const { key, start, end } of placesOf(source, answer)) {
    if (start > done) parts.push({ text: source.slice(done, start) });
    parts.push({ text: source.slice(start, end), key });
    done = end;
  }
  if (done < source.length) parts.push({ text: source.slice(done) });
  return parts;
}

/** Where each value stands, in the order of the source; long values are placed first, and none within another. */
function placesOf(source: string, answer: unknown): readonly Found[] {
  const found: Found[] = [];
  const isFree = (start: number, end: number) => found.every((other) => end <= other.start || start >= other.end);
  const fields = [...fieldsOf(answer)].map(([key, value]) => ({ key, value, pattern: patternOf(value) }));
  fields.sort((left, right) => String(right.value).length - String(left.value).length);
  for (const isNumber of [false, true]) {
    for (const { key, value, pattern } of fields) {
      if (pattern === undefined || (typeof value === 'number') !== isNumber) continue;
      const { from, to } = isNumber ? rowOf(source, answer, pathOf(key)) : { from: 0, to: source.length };
      const places = [...source.slice(from, to).matchAll(pattern)]
        .map((match) => ({ key, start: from + match.index, end: from + match.index + match[0].length }))
        .filter(({ start, end }) => isFree(start, end));
      // A total comes last, and what stands in a row comes in the order of its members.
      const place = isNumber && pathOf(key).length === 1 ? places.at(-1) : places[0];
      if (place !== undefined) found.push(place);
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

/** The line that an element of a list stands in, by its texts: the same number may stand in other lines too. */
function rowOf(source: string, answer: unknown, path: Path): { readonly from: number; readonly to: number } {
  let element: unknown = answer;
  for (const key of path.slice(0, -1)) element = (element as Readonly<Record<string | number, unknown>>)[key];
  if (path.length < 2 || !isObject(element)) return { from: 0, to: source.length };
  for (const text of Object.values(element)) {
    const pattern = typeof text === 'string' ? patternOf(text) : undefined;
    const at = pattern === undefined ? -1 : source.search(pattern);
    if (at === -1) continue;
    const end = source.indexOf('\n', at);
    return { from: source.lastIndexOf('\n', at) + 1, to: end === -1 ? source.length : end };
  }
  return { from: 0, to: 0 };
}

/** The ways in which a source may write a value. */
function patternOf(value: unknown): RegExp | undefined {
  if (typeof value === 'number') return numberPattern(value);
  if (typeof value !== 'string' || value.length > most.valueLength || value.trim().length < 2) return undefined;
  const words = value.trim().split(/\s+/).map(escaped).join('\\s+');
  return new RegExp(`(?<![\\p{L}\\d])${words}(?![\\p{L}\\d])`, 'giu');
}

function numberPattern(value: number): RegExp {
  const [whole = '', fraction = ''] = String(Math.abs(value)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "[,.' ]?");
  const rest = fraction === '' ? '(?:[.,]0+)?' : `[.,]${fraction}0*`;
  return new RegExp(`(?<![\\d#]|\\d[.,])${grouped}${rest}(?![\\d#]|[.,]\\d)`, 'g');
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
