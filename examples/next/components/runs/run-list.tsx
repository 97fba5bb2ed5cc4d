'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { dateOf } from '../../lib/age.ts';
import { count } from '../../lib/count.ts';
import { formatUsd } from '../../lib/labels.ts';
import type { RunPage } from '../../lib/run-log.ts';
import { costOf, standings, standingText, tokensOf } from '../../lib/run-standing.ts';
import { Empty } from '../empty.tsx';
import { PageLink } from '../page-link.tsx';
import { Problem } from '../problem.tsx';
import { readJson } from '../read-json.ts';
import { useLive } from '../use-live.ts';
import { RunBars, totalMs } from './run-bars.tsx';
import { standingTone } from './standing-tone.ts';
import { TotalsPanel } from './totals-panel.tsx';

const labels = { accepted: 'Accepted', waiting: 'Waiting', failed: 'Failed', stopped: 'Stopped' } as const;

/** The runs, newest first: totals, a filter, and a page after the other. */
export function RunList() {
  const path = usePathname();
  const standing = useSearchParams().get('standing') ?? '';
  const [pages, setPages] = useState(1);
  const { data, error, again } = useLive({
    key: standing,
    read: () => readPages(standing, pages),
    everyMs: () => 5000 * pages,
  });
  const longestMs = Math.max(1, ...(data?.runs ?? []).map(({ attempts }) => totalMs(attempts)));

  useEffect(() => {
    // One page more, or fewer: `again` reads as many.
    void pages;
    void again();
  }, [pages, again]);

  function choose(next: string): void {
    setPages(1);
    window.history.pushState(null, '', next === '' ? path : `${path}?standing=${next}`);
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
              className={`btn btn-sm max-sm:px-2 ${value === standing ? 'btn-active' : 'btn-ghost font-normal'}`}
              onClick={() => choose(value)}
            >
              {value === '' ? 'All' : labels[value as keyof typeof labels]}
            </button>
          ))}
        </div>
        {error !== undefined && (
          <div className="p-3">
            <Problem error={error} again={again} />
          </div>
        )}
        {data === undefined && error === undefined && (
          <div role="status" className="p-3">
            <span className="sr-only">Loading…</span>
            <div className="skeleton h-40 w-full" aria-hidden="true" />
          </div>
        )}
        {data?.runs.length === 0 && (
          <Empty title={standing === '' ? 'No runs yet' : 'No runs with this outcome'}>
            <PageLink className="btn btn-sm" href="/">
              Extract an invoice
            </PageLink>
          </Empty>
        )}
        <ul aria-label="Runs">
          {data?.runs.map((run) => {
            const { runId, startedAt, attempts, title } = run;
            return (
              <li
                key={runId}
                className="border-base-300 hover:bg-base-200 relative grid grid-cols-2 items-center gap-x-4 gap-y-1 border-t px-4 py-3 text-sm sm:grid-cols-[7rem_9rem_10rem_minmax(6rem,1fr)_6rem_5rem]"
              >
                <PageLink
                  className="font-semibold after:absolute after:inset-0"
                  href={`/runs/${encodeURIComponent(runId)}`}
                >
                  {title}
                </PageLink>
                <span className={`text-right sm:text-left ${standingTone(run)}`}>{standingText(run)}</span>
                <time className="text-muted tabular-nums" dateTime={startedAt}>
                  {dateOf(startedAt)}
                </time>
                <RunBars attempts={attempts} longestMs={longestMs} />
                <span className="text-muted tabular-nums sm:text-right">{count(tokensOf(attempts), 'token')}</span>
                <span className="text-muted text-right tabular-nums">{formatUsd(costOf(attempts))}</span>
              </li>
            );
          })}
        </ul>
        {data?.cursor !== undefined && (
          <div className="border-base-300 border-t p-3 text-center">
            <button
              type="button"
              className="btn btn-sm"
              disabled={data.pages < pages}
              onClick={() => setPages(pages + 1)}
            >
              Load more
            </button>
          </div>
        )}
      </section>
    </>
  );
}

/** As many pages as are shown, read anew: a run may have left the filter. */
async function readPages(standing: string, number: number) {
  const runs: RunPage['runs'][number][] = [];
  let cursor: string | undefined;
  for (let index = 0; index === 0 || (index < number && cursor !== undefined); index += 1) {
    const query = new URLSearchParams({
      ...(standing === '' ? {} : { standing }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const page = await readJson<RunPage>(`/api/runs?${query}`);
    runs.push(...page.runs);
    cursor = page.cursor;
  }
  return { runs, cursor, pages: number };
}
