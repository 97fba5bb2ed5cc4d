import { formatDuration } from '../../lib/labels.ts';
import type { AttemptView } from '../../lib/run-record.ts';
import { stageLabel } from '../../lib/stages.ts';

/** A bar for each attempt, as long as it took; one that failed is open. */
export function RunBars({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  return (
    <span role="img" aria-label={describe(attempts)} className="flex h-3 items-stretch gap-0.5">
      {attempts.map(({ number, state, durationMs }) => (
        <span
          key={number}
          className={`min-w-2 rounded-sm border ${state === 'passed' ? 'bg-success border-success' : 'border-error bg-error/20'}`}
          style={{ flexGrow: Math.max(1, durationMs), flexBasis: 0, maxWidth: '4rem' }}
        />
      ))}
    </span>
  );
}

function describe(attempts: readonly AttemptView[]): string {
  if (attempts.length === 0) return 'No attempts';
  return attempts
    .map((attempt) => `${stageLabel(attempt)} ${attempt.state}, ${formatDuration(attempt.durationMs)}`)
    .join('; ');
}
