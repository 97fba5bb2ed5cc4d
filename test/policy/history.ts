import type { Decision } from '../../src/trace/decision.ts';
import type { AppliedDecision, Attempt, History, HistoryEntry } from '../../src/trace/history.ts';
import type { Issue, IssueKind } from '../../src/trace/issue.ts';
import type { ProviderFailure } from '../../src/trace/provider-failure.ts';
import { noUsage } from '../../src/trace/usage.ts';

/** Entries as a history: attempts are numbered in the order they are given. */
export function history(...entries: readonly HistoryEntry[]): History {
  let number = 0;
  return entries.map((entry) => {
    if (entry.type !== 'attempt') return entry;
    number += 1;
    return { ...entry, number };
  });
}

export function passed(stage: string): Attempt {
  return attempt(stage, { text: 'right', issues: [] });
}

let different = 0;

/** A failed attempt; unlike every other one, unless its text or its issues are given. */
export function failed(stage: string, options: { text?: string; issues?: readonly Issue[] } = {}): Attempt {
  different += 1;
  return attempt(stage, { text: `wrong ${different}`, issues: [issue(`change ${different}`)], ...options });
}

function attempt(stage: string, { text, issues }: { text: string; issues: readonly Issue[] }): Attempt {
  return {
    type: 'attempt',
    number: 0,
    stage,
    model: 'model',
    text,
    verdict: issues.length === 0 ? { type: 'pass' } : { type: 'fail', issues },
    usage: noUsage,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
  };
}

export function issue(message: string, kind: IssueKind = 'content', path: Issue['path'] = []): Issue {
  return { message, path, check: 'check', kind };
}

export function providerFailed(stage: string, options: { isRefused?: true } = {}): ProviderFailure {
  return {
    type: 'provider-failure',
    stage,
    model: 'model',
    message: 'Error',
    at: '2026-01-01T00:00:00.000Z',
    ...options,
  };
}

export function skipped(stage: string): HistoryEntry {
  return { type: 'stage-end', stage, reason: 'skipped', attempts: 0, maxAttempts: 1 };
}

export function decided(stage: string, decision: Decision): AppliedDecision {
  return { type: 'decision', stage, escalationId: 'e', decision: { ...decision, at: '2026-01-01T00:00:00.000Z' } };
}
