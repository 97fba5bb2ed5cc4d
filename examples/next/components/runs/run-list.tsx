'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import useSWRInfinite from 'swr/infinite';
import { dateOf } from '../../lib/age.ts';
import { formatUsd } from '../../lib/labels.ts';
import type { RunPage } from '../../lib/run-log.ts';
import { costOf, standings, standingText, tokensOf } from '../../lib/run-standing.ts';
import { Empty } from '../empty.tsx';
import { Problem } from '../problem.tsx';
import { readJson } from '../read-json.ts';
import { RunBars, totalMs } from './run-bars.tsx';
import { standingTone } from './standing-tone.ts';
import { TotalsPanel } from './totals-panel.tsx';

const labels = { accepted: 'Accepted', waiting: 'Waiting', failed: 'Failed', stopped: 'Stopped' } as const;

/** The runs, newest first: totals, a filter, and a page after the other. */
export function RunList() {
  const path = usePathname();
  const standing = useSearchParams().get('standing') ?? '';
  const { data, error, size, setSize, mutate, isValidating } = useSWRInfinite<RunPage>(
    (index, before: RunPage | null) => {
      if (before !== null && before.cursor === undefined) return null;
      const query = new URLSearchParams({
        ...(standing === '' ? {} : { standing }),
        ...(before?.cursor === undefined ? {} : { cursor: before.cursor }),
      });
      return `/api/runs?${query}#${index}`;
    },
    readJson,
    { refreshInterval: 5000, revalidateFirstPage: true },
  );
  const runs = data?.flatMap((page) => page.runs);
  const longestMs = Math.max(1, ...(runs ?? []).map(({ attempts }) => totalMs(attempts)));
  const isMore = data?.at(-1)?.cursor !== undefined;

  useEffect(() => {
    // Another filter begins at its first page.
    void standing;
    void setSize(1);
  }, [standing, setSize]);

  function choose(next: string): void {
    window.history.replaceState(null, '', next === '' ? path : `${path}?standing=${next}`);
  }

  return (
    <>
      <TotalsPanel />
      <section className="panel" aria-labelledby="runs">
        <div className="flex flex-wrap items-center gap-1 p-3">
          <h2 id="runs" className="sr-only">
            Runs by outcome
          </h2>
          {['', ...standings].map((value) => (
            <button
              key={value}
              type="button"
              aria-pressed={value === standing}
              className={`btn btn-sm ${value === standing ? 'btn-active' : 'btn-ghost font-normal'}`}
              onClick={() => choose(value)}
            >
              {value === '' ? 'All' : labels[value as keyof typeof labels]}
            </button>
          ))}
        </div>
        {error !== undefined && (
          <div className="p-3">
            <Problem error={error} again={() => void mutate()} />
          </div>
        )}
        {runs === undefined && error === undefined && (
          <div role="status" className="p-3">
            <span className="sr-only">Loading…</span>
            <div className="skeleton h-40 w-full" aria-hidden="true" />
          </div>
        )}
        {runs?.length === 0 && (
          <Empty title={standing === '' ? 'Nothing ran yet' : 'No run stands like this'}>
            <Link className="btn btn-sm" href="/">
              Extract an invoice
            </Link>
          </Empty>
        )}
        <ul aria-label="Runs">
          {runs?.map((run) => {
            const { runId, startedAt, attempts, title } = run;
            const { tone } = standingTone(run);
            return (
              <li
                key={runId}
                className="border-base-300 hover:bg-base-200 relative grid grid-cols-2 items-center gap-x-4 gap-y-1 border-t px-4 py-3 text-sm sm:grid-cols-[7rem_9rem_10rem_minmax(6rem,1fr)_6rem_5rem]"
              >
                <Link
                  className="font-semibold after:absolute after:inset-0"
                  href={`/runs/${encodeURIComponent(runId)}`}
                  prefetch={false}
                >
                  {title}
                </Link>
                <span className={`text-right sm:text-left ${tone}`}>{standingText(run)}</span>
                <time className="text-muted tabular-nums" dateTime={startedAt}>
                  {dateOf(startedAt)}
                </time>
                <RunBars attempts={attempts} longestMs={longestMs} />
                <span className="text-muted tabular-nums sm:text-right">{tokensOf(attempts)} tokens</span>
                <span className="text-muted text-right tabular-nums">{formatUsd(costOf(attempts))}</span>
              </li>
            );
          })}
        </ul>
        {isMore && (
          <div className="border-base-300 border-t p-3 text-center">
            <button type="button" className="btn btn-sm" disabled={isValidating} onClick={() => setSize(size + 1)}>
              Load more
            </button>
          </div>
        )}
      </section>
    </>
  );
}
