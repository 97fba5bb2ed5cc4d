'use client';

import type { BulkResult, Decision, EscalationSummary } from 'ai-staged-retry';
import { useState } from 'react';
import { count } from '../../lib/count.ts';
import { Notice, Problem } from '../problem.tsx';
import { decisionPast } from '../review/decision-words.ts';
import { inbox } from './inbox-client.ts';

/** What one request decides. */
const mostAtOnce = 100;

interface BulkBarProps {
  readonly ids: readonly string[];
  readonly name: string;
  readonly onClear: () => void;
  readonly onChanged: (escalation: EscalationSummary) => void;
}

/** Decides or takes several at once. */
export function BulkBar({ ids, name, onClear, onChanged }: BulkBarProps) {
  const [asks, setAsks] = useState<'approve' | 'reject'>();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const [result, setResult] = useState<string>();

  async function send(change: () => Promise<string>): Promise<void> {
    setSending(true);
    setError(undefined);
    try {
      setResult(await change());
      setAsks(undefined);
    } catch (problem) {
      setError(problem);
    } finally {
      setSending(false);
    }
  }

  async function decide(decision: Decision): Promise<string> {
    const results: BulkResult[] = [];
    for (let start = 0; start < ids.length; start += mostAtOnce) {
      results.push(...(await inbox.decide(ids.slice(start, start + mostAtOnce), decision)));
    }
    for (const one of results) if ('escalation' in one) onChanged(one.escalation);
    return summaryOf(decision, results);
  }

  async function take(): Promise<string> {
    const results = await Promise.all(ids.map((id) => inbox.assign(id, { to: name })));
    for (const { escalation } of results) onChanged(escalation);
    return `${count(results.filter(({ won }) => won).length, 'escalation')} assigned to you.`;
  }

  return (
    <section
      aria-label="Selected escalations"
      className="border-base-300 bg-base-100 sticky bottom-0 z-20 mt-auto flex flex-col gap-2 border-t p-3 shadow-[0_-4px_12px_rgb(0_0_0/0.08)]"
    >
      {error !== undefined && <Problem error={error} />}
      {result !== undefined ? (
        <Notice tone="info" role="status">
          <span>{result}</span>
          <button type="button" className="btn btn-sm" onClick={onClear}>
            Done
          </button>
        </Notice>
      ) : asks === undefined ? (
        <div className="flex flex-wrap items-center gap-2">
          <div className="flex w-full items-center justify-between">
            <span className="text-sm font-medium">{ids.length} selected</span>
            <button type="button" className="btn btn-ghost btn-xs" onClick={onClear}>
              Clear
            </button>
          </div>
          <button type="button" className="btn btn-sm" disabled={isSending} onClick={() => send(take)}>
            Assign to me
          </button>
          <button type="button" className="btn btn-sm" onClick={() => setAsks('approve')}>
            Approve
          </button>
          <button type="button" className="btn btn-sm" onClick={() => setAsks('reject')}>
            Reject
          </button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="w-full text-sm">
            {asks === 'approve'
              ? `Use ${count(ids.length, 'answer')} despite failed checks?`
              : `End ${count(ids.length, 'request')} without an answer?`}
          </span>
          <button
            type="button"
            className={`btn btn-sm ${asks === 'approve' ? 'btn-primary' : 'btn-error'}`}
            disabled={isSending}
            onClick={() => send(() => decide({ type: asks }))}
          >
            {asks === 'approve' ? 'Approve' : 'Reject'} {ids.length}
          </button>
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => setAsks(undefined)}>
            Cancel
          </button>
        </div>
      )}
    </section>
  );
}

function summaryOf({ type }: Decision, results: readonly BulkResult[]): string {
  const won = results.filter(({ won }) => won).length;
  const failed = results.filter((result) => 'error' in result).length;
  const late = results.length - won - failed;
  return [
    `${decisionPast[type]} ${won}.`,
    ...(late > 0 ? [`${late} ${late === 1 ? 'was' : 'were'} already decided.`] : []),
    ...(failed > 0 ? [`${failed} could not be decided; try again.`] : []),
  ].join(' ');
}
