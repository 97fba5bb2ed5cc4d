import type { CompiledSchema } from '../incremental/schema/compiled-schema.ts';
import { partialValue } from '../stream/live/partial-value.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';

/** What was written of an answer that nothing can save any more, and why. */
interface Lost {
  readonly written: string;
  readonly issues: readonly Issue[];
}

/**
 * The issues as they are worded when the value is there, which names what was received, behind those of values that
 * reading saved: the whole answer would have them too.
 */
export function issuesSoFar(
  { issuesOf }: Pick<CompiledSchema, 'issuesOf'>,
  { written, issues }: Lost,
): readonly Issue[] {
  const value = partialValue(written);
  const all = issuesOf(value);
  const found = issues.map((issue) => all.find((other) => isAt(other, issue)) ?? issue);
  const end = placeOfEnd(value);
  const saved = all.filter(
    (issue) => !found.some((other) => isAt(other, issue)) && !isAround(issue.path, end) && isThere(value, issue.path),
  );
  return [...saved, ...found];
}

function isAt({ path }: Issue, other: Issue): boolean {
  return jsonPointer(path) === jsonPointer(other.path);
}

/** Where the text of a value breaks off: its last member, and the last of that. */
function placeOfEnd(value: unknown): IssuePath {
  const path: (string | number)[] = [];
  for (let inner = value; typeof inner === 'object' && inner !== null; ) {
    const [name, member] = Object.entries(inner).at(-1) ?? [];
    if (name === undefined) break;
    path.push(Array.isArray(inner) ? Number(name) : name);
    inner = member;
  }
  return path;
}

/** Whether the value at a path has the place in it, and is not complete. */
function isAround(path: IssuePath, place: IssuePath): boolean {
  return path.length <= place.length && path.every((segment, index) => segment === place[index]);
}

function isThere(value: unknown, path: IssuePath): boolean {
  let inner = value;
  for (const segment of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, segment)) return false;
    inner = (inner as Record<string | number, unknown>)[segment];
  }
  return true;
}
