'use client';

import { count } from '../lib/count.ts';
import { savedTokens } from '../lib/run-standing.ts';
import { AnswerView } from './answer-view.tsx';
import { Ladder } from './ladder.tsx';
import { PageLink } from './page-link.tsx';
import { Notice, Problem } from './problem.tsx';
import type { RunView } from './run-parts.ts';

interface RunPanelProps {
  readonly run: RunView;
  readonly state: 'running' | 'stopped' | 'broken' | 'over';
  /** Why it is broken. */
  readonly error: Error | undefined;
  readonly onStop: () => void;
  readonly onAgain: () => void;
}

/** A run as it goes: how it stands, the ladder, the answer. */
export function RunPanel({ run, state, error, onStop, onAgain }: RunPanelProps) {
  const { escalation } = run;
  return (
    <div ref={showOnPhone} className="flex scroll-mt-18 flex-col gap-4 max-lg:min-h-[calc(100dvh-5rem)]">
      <div className="panel flex flex-wrap items-center justify-between gap-3 p-4">
        <p role="status" className="min-w-0 grow basis-60 font-medium">
          {statusText(run, state)}
        </p>
        {state === 'running' ? (
          <button type="button" className="btn btn-sm" onClick={onStop}>
            Stop
          </button>
        ) : (
          <button type="button" className="btn btn-sm" onClick={onAgain}>
            {escalation?.state === 'pending' ? 'Keep waiting' : state === 'over' ? 'Run again' : 'Try again'}
          </button>
        )}
        {escalation?.state === 'pending' && (
          <PageLink className="btn btn-primary btn-sm" href={`/inbox/${escalation.id}`}>
            Review it in the inbox
          </PageLink>
        )}
      </div>
      {error !== undefined &&
        (error instanceof TypeError && run.attempts.length > 0 ? (
          <Notice tone="alert-error">
            The connection broke before the run ended. Its progress until then is below.
          </Notice>
        ) : (
          <Problem error={error} />
        ))}
      <section className="panel p-4" aria-labelledby="ladder">
        <h2 id="ladder" className="mb-3">
          Steps
        </h2>
        <Ladder run={run} isOver={state !== 'running'} />
        <RunFacts run={run} />
      </section>
      {run.answer !== undefined && (
        <section className="panel p-2" aria-labelledby="answer">
          <h2 id="answer" className="p-2">
            Answer
          </h2>
          <AnswerView caption="The fields of the answer" value={run.answer} />
        </section>
      )}
    </div>
  );
}

function RunFacts({ run: { run, attempts } }: { readonly run: RunView }) {
  const saved = savedTokens(attempts);
  if (run === undefined) return null;
  const facts = [
    ...(run.delivery === 'live' ? ['The answer appears field by field, as each passes.'] : []),
    ...(run.delivery === 'buffer' ? ['The answer appears once it has passed every check.'] : []),
    ...(saved > 0 ? [`Stopping failing answers early saved about ${count(saved, 'token')}.`] : []),
    `Runs ${run.runtime === 'edge' ? 'at the edge' : 'on Node.js'}.`,
  ];
  return <p className="text-muted mt-3 text-xs">{facts.join(' ')}</p>;
}

function statusText({ end, escalation, attempts }: RunView, state: RunPanelProps['state']): string {
  if (end?.outcome === 'accepted' || end?.outcome === 'unchanged') {
    const by = escalation?.by === undefined ? '' : `, with the help of ${escalation.by}`;
    return `Accepted after ${count(attempts.length, 'attempt')}${by}.`;
  }
  if (state === 'stopped') {
    return escalation?.state === 'pending'
      ? 'You stopped waiting. The team can still decide; keep waiting to get the answer.'
      : 'Stopped. No answer was accepted.';
  }
  if (state === 'broken') return 'The run was interrupted.';
  if (escalation?.state === 'pending') return 'Waiting for a person. The answer appears here once they have decided.';
  if (end?.message !== undefined) return end.message;
  const latest = attempts.at(-1);
  return latest === undefined ? 'Sending the email…' : `Attempt ${latest.number} is running…`;
}

/** Below the form on a phone: whoever sent the mail sees what becomes of it. */
function showOnPhone(panel: HTMLElement | null): void {
  if (matchMedia('(width < 64rem)').matches) panel?.scrollIntoView();
}
