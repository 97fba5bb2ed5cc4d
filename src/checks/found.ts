import { NoVerdictError } from '../errors/no-verdict-error.ts';
import { type Issue, issueKinds } from '../trace/issue.ts';

/** What a test returns: `true` or `[]` if the answer passes, a message, or a list of issues. */
export type Found = true | string | readonly FoundIssue[];

/** An issue that a test returns. `path` defaults to `[]`, `kind` to `content`, and `check` to the check's name. */
export type FoundIssue = { readonly message: string } & Partial<Issue>;

/** @throws NoVerdictError for what says neither that the answer passes nor what to change. */
export function refuseGarbage(found: unknown): void {
  if (found === true) return;
  if (typeof found === 'string' && found !== '') return;
  if (Array.isArray(found) && found.every(isFinding)) return;
  throw new NoVerdictError(describe(found));
}

/** As `refuseGarbage`, for a text that is still being written: nothing says that nothing is wrong so far. */
export function refuseGarbageSoFar(found: unknown): void {
  if (found !== undefined) refuseGarbage(found);
}

/** What was returned, told by its kind alone. */
function describe(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (found === null || found === false) return String(found);
  if (found === '') return 'an empty string';
  if (Array.isArray(found)) return 'a list that holds something else than issues';
  return typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}

function isFinding(finding: Partial<FoundIssue> | null | undefined): boolean {
  const { message, path = [], kind = 'content', suggestion = '' } = finding ?? {};
  return (
    typeof message === 'string' &&
    message !== '' &&
    Array.isArray(path) &&
    path.every((key) => typeof key === 'string' || typeof key === 'number') &&
    issueKinds.includes(kind) &&
    typeof suggestion === 'string'
  );
}

/** What a test found, as issues of its check: plain JSON, whatever else a finding carries. */
export function issuesOfFound(
  found: Found | undefined,
  { name, phase }: { name: string; phase?: 'tool-input' | 'content' | undefined },
): Issue[] {
  if (found === true || found === undefined) return [];
  const findings: readonly FoundIssue[] = typeof found === 'string' ? [{ message: found }] : found;
  const usualKind = phase === 'tool-input' ? 'tool-input' : 'content';
  return findings.map(({ message, path = [], kind = usualKind, suggestion, toolCallId }) => ({
    message,
    path: [...path],
    check: name,
    kind,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(toolCallId === undefined ? {} : { toolCallId }),
  }));
}
