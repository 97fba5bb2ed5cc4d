import { formatDuration } from '../../lib/labels.ts';
import type { AttemptView } from '../../lib/run-record.ts';
import { stageLabel } from '../../lib/stages.ts';

interface RunBarsProps {
  readonly attempts: readonly AttemptView[];
  /** What the whole width stands for. */
  readonly longestMs: number;
}

/** A bar for each attempt, as long as it took; one that failed is open. */
export function RunBars({ attempts, longestMs }: RunBarsProps) {
  return (
    <span role="img" aria-label={describe(attempts)} className="flex h-3 items-stretch gap-0.5">
      {attempts.map(({ number, state, durationMs, earlierRun }) => (
        <span
          key={number}
          className={`min-w-2 rounded-sm border ${state === 'passed' ? 'bg-success border-success' : 'border-error bg-error/20'} ${earlierRun === undefined ? '' : 'opacity-40'}`}
          style={{ width: `${(durationMs / longestMs) * 100}%` }}
        />
      ))}
    </span>
  );
}

function describe(attempts: readonly AttemptView[]): string {
  if (attempts.length === 0) return 'No attempts';
  return attempts
    .map((attempt) => {
      const whose = attempt.earlierRun === undefined ? '' : ' in an earlier run';
      return `${stageLabel(attempt)} ${attempt.state}${whose}, ${formatDuration(attempt.durationMs)}`;
    })
    .join('; ');
}

/** How long the attempts of a run took together. */
export function totalMs(attempts: readonly AttemptView[]): number {
  return attempts.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
