'use client';

import { count, formatNumber } from '../../lib/count.ts';
import { formatUsd } from '../../lib/labels.ts';
import type { RunTotals } from '../../lib/run-totals.ts';
import { rungs } from '../../lib/stages.ts';
import { readJson } from '../read-json.ts';
import { useLive } from '../use-live.ts';

const shades = ['bg-primary', 'bg-primary/70', 'bg-primary/45', 'bg-person'];

/** The latest runs in numbers, and how far up the ladder they were accepted. */
export function TotalsPanel() {
  const { data: totals } = useLive({
    key: 'totals',
    read: () => readJson<RunTotals>('/api/runs/totals'),
    everyMs: () => 15_000,
  });
  if (totals === undefined || totals.runs === 0) return null;
  const { runs, ended, accepted, acceptedBy, usd, savedCalls, savedTokens } = totals;
  const parts = rungs.map(({ kind, label }, index) => ({
    kind,
    label,
    shade: shades[index] ?? '',
    number: acceptedBy[kind] ?? 0,
  }));
  return (
    <section className="panel flex flex-col gap-4 p-4" aria-labelledby="totals">
      <h2 id="totals">The latest {count(runs, 'run')}</h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Total
          label="Accepted"
          value={ended === 0 ? '—' : `${Math.round((accepted / ended) * 100)}%`}
          hint="of those that ended"
        />
        <Total label="Cost" value={formatUsd(usd)} />
        <Total label="Calls saved" value={formatNumber(savedCalls)} hint="answers fixed without asking again" />
        <Total
          label="Tokens saved"
          value={savedTokens === 0 ? '0' : `about ${formatNumber(savedTokens)}`}
          hint="failing answers stopped early"
        />
      </dl>
      {accepted > 0 && (
        <figure>
          <figcaption className="text-muted mb-2 text-sm">Accepted by step</figcaption>
          <div className="flex h-4 gap-0.5 overflow-hidden rounded" aria-hidden="true">
            {parts
              .filter(({ number }) => number > 0)
              .map(({ kind, shade, number }) => (
                <span key={kind} className={shade} style={{ flexGrow: number, flexBasis: 0 }} />
              ))}
          </div>
          <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {parts.map(({ kind, label, shade, number }) => (
              <li key={kind} className="flex items-center gap-1.5">
                <span className={`size-2.5 rounded-sm ${shade}`} aria-hidden="true" />
                {label}
                <span className="font-semibold tabular-nums">{number}</span>
              </li>
            ))}
          </ul>
        </figure>
      )}
    </section>
  );
}

function Total({ label, value, hint }: { readonly label: string; readonly value: string; readonly hint?: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
      {hint !== undefined && <dd className="text-muted text-xs">{hint}</dd>}
    </div>
  );
}
