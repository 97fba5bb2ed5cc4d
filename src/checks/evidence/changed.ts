import type { Steps } from '../../effects/in-turns.ts';
import type { Answer } from '../../model/answer.ts';
import type { History } from '../../trace/history.ts';
import type { IssuePath } from '../../trace/issue.ts';
import type { FoundIssue } from '../check.ts';
import { leavesOf } from '../places/leaves.ts';
import { folded } from './fold.ts';

const mostLeaves = 10_000;
const mostFound = 30;

/** The values of a JSON answer that changed although nothing was wrong with them in the answer before. */
export function* changedWithoutIssue(
  { value }: Answer,
  history: History,
  exempt: (path: IssuePath) => boolean,
): Steps<readonly FoundIssue[]> {
  const last = history.findLast((entry) => entry.type === 'attempt');
  if (last?.type !== 'attempt' || last.verdict.type === 'pass' || last.estimatedTokens !== undefined) return [];
  const { issues } = last.verdict;
  // What is wrong with the whole answer may change any of it.
  if (typeof value !== 'object' || value === null || issues.some(({ path }) => path.length === 0)) return [];
  const before = parsed(last.text);
  if (typeof before !== 'object' || before === null) return [];
  const found: FoundIssue[] = [];
  let count = 0;
  for (const leaf of leavesOf(value)) {
    yield;
    count += 1;
    if (count > mostLeaves || found.length >= mostFound) break;
    const path = leaf.path();
    const earlier = earlierAt(before, value, path);
    if (earlier === undefined || isSame(earlier, leaf.value) || exempt(path)) continue;
    if (issues.some((issue) => overlap(issue.path, path))) continue;
    const shown = JSON.stringify(earlier).slice(0, 200);
    found.push({
      message: `Keep this as it was: ${shown}. Nothing was wrong with it.`,
      path,
      suggestion: String(earlier),
    });
  }
  return found;
}

function parsed(text: string): unknown {
  const fence = /^\s*```[a-z]*\n([\s\S]*?)\n?```\s*$/i.exec(text.slice(0, 2_000_000));
  try {
    return JSON.parse(fence?.[1] ?? text);
  } catch {
    return undefined;
  }
}

/** The scalar that stood at a path; none where a list on the way has another length: its elements may have moved. */
function earlierAt(before: unknown, after: unknown, path: IssuePath): string | number | boolean | null | undefined {
  let earlier = before;
  let now = after;
  for (const key of path) {
    if (typeof earlier !== 'object' || earlier === null || Array.isArray(earlier) !== Array.isArray(now))
      return undefined;
    if (Array.isArray(earlier) && Array.isArray(now) && earlier.length !== now.length) return undefined;
    if (!Object.hasOwn(earlier, key)) return undefined;
    earlier = (earlier as Record<string, unknown>)[key];
    now = (now as Record<string, unknown>)[key];
  }
  return typeof earlier === 'object' && earlier !== null ? undefined : (earlier as string | number | boolean | null);
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'number' && typeof right === 'number') return false;
  const plain = (value: unknown) =>
    folded(String(value))
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim();
  return plain(left) === plain(right);
}

function overlap(one: IssuePath, other: IssuePath): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  return shorter.every((key, index) => String(key) === String(longer[index]));
}
