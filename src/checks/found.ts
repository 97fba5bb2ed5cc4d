import { type Issue, issueKinds } from '../trace/issue.ts';

/** What a test returns: `true`, `undefined` and `[]` pass; a string is one finding. */
export type Found = true | undefined | string | readonly FoundIssue[];

/** A finding; `path` is `[]` and `kind` is `content` unless said, and `check` is the check's name. */
export type FoundIssue = { readonly message: string } & Partial<Issue>;

/** @throws TypeError for what no test may return. */
export function refuseGarbage(found: unknown): void {
  if (found === true || found === undefined) return;
  if (typeof found === 'string' && found !== '') return;
  if (Array.isArray(found) && found.every(isFinding)) return;
  throw new TypeError('A check returns true, undefined, a non-empty string, or a list of { message } objects.');
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
  found: Found,
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
