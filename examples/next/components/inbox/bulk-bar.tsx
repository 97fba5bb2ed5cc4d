'use client';

import type { BulkResult, EscalationSummary } from 'ai-staged-retry';
import { useState } from 'react';
import { formatNumber } from '../../lib/count.ts';
import { Notice, Problem } from '../problem.tsx';
import { BulkConfirm } from './bulk-confirm.tsx';
import { type BulkChange, type BulkOutcome, outcomeOf } from './bulk-outcome.ts';
import { inbox } from './inbox-client.ts';
import { cancelKey, type Keys, useKeys } from './use-keys.ts';

/** How many requests are under way together. */
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
  const [outcome, setOutcome] = useState<BulkOutcome & { readonly of: readonly string[] }>();
  // What came of the last ones is no longer said once others are selected.
  const said = ids.every((id) => outcome?.of.includes(id)) ? outcome : undefined;
  const held = said?.held;

  async function send(which: readonly string[], wanted: BulkChange, takeOver: boolean): Promise<void> {
    setSending(true);
    setError(undefined);
    try {
      setOutcome({ ...(await change(which, wanted, takeOver)), of: [...ids, ...which] });
      setAsks(undefined);
    } catch (problem) {
      setError(problem);
    } finally {
      setSending(false);
    }
  }

  async function change(which: readonly string[], wanted: BulkChange, takeOver: boolean): Promise<BulkOutcome> {
    const results =
      wanted.type === 'assign' ? await takeAll(which, takeOver) : await inbox.decide(which, wanted, { takeOver });
    for (const one of results) if ('escalation' in one) onChanged(one.escalation);
    return outcomeOf(wanted, results);
  }

  async function takeAll(which: readonly string[], takeOver: boolean): Promise<readonly BulkResult[]> {
    const results: BulkResult[] = [];
    for (let start = 0; start < which.length; start += mostAtOnce) {
      const some = which.slice(start, start + mostAtOnce);
      results.push(...(await Promise.all(some.map((id) => takeOne(id, takeOver)))));
    }
    return results;
  }

  async function takeOne(id: string, takeOver: boolean): Promise<BulkResult> {
    try {
      // A claim is won only if nobody else holds one.
      const claim = takeOver ? undefined : await inbox.claim(id);
      const result = claim?.won === false ? claim : await inbox.assign(id, { to: name });
      return { id, ...result };
    } catch (problem) {
      if (!(problem instanceof Error)) throw problem;
      return { id, won: false, error: problem };
    }
  }

  const take = () => void send(ids, { type: 'assign' }, false);
  const isChoosing = ids.length > 0 && asks === undefined && !isSending;
  // What is selected is meant, not what is open beside it.
  const keys: Keys = { a: () => setAsks('approve'), r: () => setAsks('reject'), c: take, [cancelKey]: onClear };
  useKeys(isChoosing ? keys : {}, { comeFirst: true });

  // A colleague decided all of them.
  if (ids.length === 0 && said === undefined && error === undefined && !isSending) return null;

  return (
    <section
      aria-label="Selected escalations"
      className="border-base-300 bg-base-100 sticky bottom-0 z-20 mt-auto flex flex-col gap-2 border-t p-3 shadow-[0_-4px_12px_rgb(0_0_0/0.08)]"
    >
      {error !== undefined && <Problem error={error} />}
      {said !== undefined && (
        <Notice tone="alert-info" role="status">
          <span>{said.text}</span>
          {held !== undefined && (
            <button
              type="button"
              className="btn btn-sm"
              disabled={isSending}
              onClick={() => send(held.ids, held.change, true)}
            >
              {held.change.type === 'assign' ? 'Take over' : 'Decide in their place'}
            </button>
          )}
          <button type="button" className="btn btn-sm" onClick={onClear}>
            Done
          </button>
        </Notice>
      )}
      {ids.length > 0 && asks === undefined && (
        <div className="flex flex-wrap items-center gap-2">
          <div className="flex w-full items-center justify-between">
            <span className="text-sm font-medium">{formatNumber(ids.length)} selected</span>
            <button type="button" className="btn btn-ghost btn-xs" onClick={onClear}>
              Clear
            </button>
          </div>
          <Choice label="Assign to me" hotkey="c" isDisabled={isSending} onChoose={take} />
          <Choice label={`Approve ${formatNumber(ids.length)}`} hotkey="a" onChoose={() => setAsks('approve')} />
          <Choice label={`Reject ${formatNumber(ids.length)}`} hotkey="r" onChoose={() => setAsks('reject')} />
        </div>
      )}
      {ids.length > 0 && asks !== undefined && (
        <BulkConfirm
          type={asks}
          number={ids.length}
          isSending={isSending}
          onSend={(wanted) => send(ids, wanted, false)}
          onCancel={() => setAsks(undefined)}
        />
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hotkey: string;
  readonly isDisabled?: boolean;
  readonly onChoose: () => void;
}

function Choice({ label, hotkey, isDisabled = false, onChoose }: ChoiceProps) {
  return (
    <button
      type="button"
      className="btn btn-sm px-2"
      aria-keyshortcuts={hotkey}
      disabled={isDisabled}
      onClick={onChoose}
    >
      {label}
      <span className="hidden text-xs opacity-80 lg:inline" aria-hidden="true">
        {hotkey}
      </span>
    </button>
  );
}
