import type { Issue } from 'ai-staged-retry';
import type { ReactNode } from 'react';
import { keyOf } from '../lib/fields.ts';
import { labelOf, type Path } from '../lib/labels.ts';
import { clipped } from '../lib/visible.ts';

export function Fault({ children }: { readonly children: ReactNode }) {
  return (
    <span className="text-error block text-xs">
      <span aria-hidden="true">✗ </span>
      {children}
    </span>
  );
}

/** What is wrong with the value at a path. */
export function FaultsAt({ issues, path }: { readonly issues: readonly Issue[] | undefined; readonly path: Path }) {
  return messagesAt(issues, path).map((message) => <Fault key={message}>{message}</Fault>);
}

/** Each message about a path once, as much of it as can be read there. */
export function messagesAt(issues: readonly Issue[] = [], path: Path): readonly string[] {
  const key = keyOf(path);
  return [...new Set(issues.filter((issue) => keyOf(issue.path) === key).map(({ message }) => messageText(message)))];
}

/** Issues that belong to no single value, under the label of what they are about. */
export function WholeIssues({ issues }: { readonly issues: readonly Issue[] }) {
  return messagesAt(issues, []).map((message) => (
    <p key={message} className="faulty px-3 py-2 text-sm">
      <Fault>{message}</Fault>
    </p>
  ));
}

/** Findings one below the other: where, and what. */
export function IssueList({
  issues,
  className = '',
}: {
  readonly issues: readonly Issue[];
  readonly className?: string;
}) {
  const distinct = new Map(issues.map((issue) => [`${issue.check} ${keyOf(issue.path)} ${issue.message}`, issue]));
  return (
    <ul className={className}>
      {[...distinct].map(([key, { path, message }]) => (
        <li key={key} className="wrap-anywhere">
          {path.length > 0 && <strong className="font-semibold">{labelOf(path)}: </strong>}
          {messageText(message)}
        </li>
      ))}
    </ul>
  );
}

/** What a check says can hold what a model wrote. */
export function messageText(message: string): string {
  return clipped(message, 1000);
}
