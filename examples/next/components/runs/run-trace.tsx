'use client';

import type { ReactNode } from 'react';
import { dateOf } from '../../lib/age.ts';
import { count, formatNumber } from '../../lib/count.ts';
import { formatDuration, formatUsd } from '../../lib/labels.ts';
import type { RunRecord } from '../../lib/run-record.ts';
import { costOf, ownAttempts, savedTokens, standingOf, standingText, tokensOf } from '../../lib/run-standing.ts';
import { Empty } from '../empty.tsx';
import { PageLink } from '../page-link.tsx';
import { httpStatusOf, Problem } from '../problem.tsx';
import { readJson } from '../read-json.ts';
import { useLive } from '../use-live.ts';
import { AttemptNode } from './attempt-node.tsx';
import { PersonNode } from './person-node.tsx';
import { standingTone } from './standing-tone.ts';
import { timeScale } from './time-scale.ts';

/** One run as a tree: what was called, for how long, what the checks said, and what was sent next. */
export function RunTrace({ id }: { readonly id: string }) {
  const {
    data: run,
    error,
    again,
  } = useLive({
    key: id,
    read: () => readJson<RunRecord>(`/api/runs/${encodeURIComponent(id)}`),
    everyMs: (run, error) =>
      run?.outcome === 'accepted' || run?.outcome === 'failed' || httpStatusOf(error) === 404 ? 0 : 3000,
  });
  return (
    <>
      <PageLink href="/runs" className="back btn btn-ghost btn-sm -ml-2 w-fit">
        All runs
      </PageLink>
      {error !== undefined &&
        (httpStatusOf(error) === 404 ? (
          <Empty title="Run not found" isPage>
            <p>Runs are kept for seven days.</p>
            <PageLink className="btn btn-sm" href="/runs">
              See all runs
            </PageLink>
          </Empty>
        ) : (
          <Problem error={error} again={again} />
        ))}
      {run === undefined && error === undefined && (
        <div role="status">
          <span className="sr-only">Loading…</span>
          <div className="skeleton h-60 w-full" aria-hidden="true" />
        </div>
      )}
      {run !== undefined && <Trace run={run} />}
    </>
  );
}

function Trace({ run }: { readonly run: RunRecord }) {
  const { title, startedAt, endedAt, runtime, attempts, escalation } = run;
  const place = timeScale(run);
  const isOver = !['running', 'waiting'].includes(standingOf(run));
  const saved = savedTokens(attempts);
  const before = attempts.filter(({ startedAt }) => escalation === undefined || startedAt < escalation.askedAt);
  const after = attempts.filter((attempt) => !before.includes(attempt));
  return (
    <>
      <header className="flex flex-col gap-2">
        <h1>
          {title} <span className={`text-base font-medium ${standingTone(run)}`}>{standingText(run)}</span>
        </h1>
        <dl className="text-muted flex flex-wrap gap-x-5 gap-y-1 text-sm">
          <Fact label="Started" value={dateOf(startedAt)} />
          {isOver && endedAt !== undefined && (
            <Fact label="Took" value={formatDuration(Date.parse(endedAt) - Date.parse(startedAt))} />
          )}
          <Fact label="Attempts" value={<Attempts attempts={attempts} />} />
          <Fact label="Tokens written" value={formatNumber(tokensOf(attempts))} />
          <Fact label="Cost" value={formatUsd(costOf(attempts))} />
          {saved > 0 && <Fact label="Saved" value={`about ${count(saved, 'token')}`} />}
          <Fact label="Runtime" value={runtime === 'edge' ? 'Edge' : 'Node.js'} />
        </dl>
      </header>
      <section className="panel" aria-label="What happened">
        <ol>
          {before.map((attempt) => (
            <AttemptNode key={attempt.number} attempt={attempt} run={run} place={place} />
          ))}
          {escalation !== undefined && <PersonNode escalation={escalation} place={place} />}
          {after.map((attempt) => (
            <AttemptNode key={attempt.number} attempt={attempt} run={run} place={place} />
          ))}
        </ol>
        {attempts.length === 0 && <Empty title="No answers yet" />}
      </section>
    </>
  );
}

/** How many attempts a run made, and how many it found made by an earlier run of the same mail. */
function Attempts({ attempts }: Pick<RunRecord, 'attempts'>) {
  const own = ownAttempts(attempts).length;
  const first = attempts.find(({ earlierRun }) => earlierRun !== undefined)?.earlierRun;
  if (first === undefined) return own;
  return (
    <>
      {own}, and {attempts.length - own} in{' '}
      <PageLink className="link" href={`/runs/${encodeURIComponent(first)}`}>
        an earlier run
      </PageLink>{' '}
      of the same email
    </>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt>{label}</dt>
      <dd className="text-base-content font-medium tabular-nums">{value}</dd>
    </div>
  );
}
