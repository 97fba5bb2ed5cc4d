import type { CompiledSchema } from '../incremental/schema/compiled-schema.ts';
import { partialJson } from '../stream/live/partial-value.ts';
import type { Issue } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';

/** The text of an answer that can no longer become valid, and the reasons. */
interface Lost {
  readonly written: string;
  readonly issues: readonly Issue[];
}

/**
 * The issues as they are worded when the value is there, which names what was received (of a value that is cut off, nobody
 * knows), after those of values before them that reading saved: the whole answer would have them too.
 */
export function issuesSoFar(
  { issuesOf }: Pick<CompiledSchema, 'issuesOf'>,
  { written, issues }: Lost,
): readonly Issue[] {
  const partial = partialJson(written);
  if (partial === undefined) return issues;
  const all = issuesOf(partial.value);
  const found = issues.map((issue) => (partial.isCut(issue.path) ? issue : (sameIn(all, issue) ?? issue)));
  const [first] = issues.map(({ path }) => partial.placeOf(path));
  const saved = all.filter(({ path }) => first !== undefined && isBefore(partial.placeOf(path), first));
  return [...saved, ...found];
}

/** The issue of a whole value that demands the same, or the only one of its place. */
function sameIn(all: readonly Issue[], issue: Issue): Issue | undefined {
  const there = all.filter((other) => isAt(other, issue));
  return there.length > 1 ? there.find((other) => demandOf(other) === demandOf(issue)) : there[0];
}

/** What a message demands, without what was received. */
function demandOf({ message }: Issue): string {
  return message.replace(/; it .*$/s, '');
}

function isAt({ path }: Issue, other: Issue): boolean {
  return jsonPointer(path) === jsonPointer(other.path);
}

/** Whether a place comes before another one and does not contain it. */
function isBefore(place: readonly number[], other: readonly number[]): boolean {
  const index = place.findIndex((position, depth) => position !== other[depth]);
  return index !== -1 && (place[index] ?? 0) < (other[index] ?? 0);
}
