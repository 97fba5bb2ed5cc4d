import { count } from '../lib/count.ts';
import { scalarsText } from '../lib/fields.ts';
import { formatDuration } from '../lib/labels.ts';
import type { AttemptView, ToolView } from '../lib/run-record.ts';
import { IssueList } from './issues.tsx';

interface AttemptLinesProps {
  readonly attempt: AttemptView;
  readonly tools: readonly ToolView[];
  readonly isOver: boolean;
}

/** An attempt on its rung: how it went, which tools it called, what the checks found. */
export function AttemptLines({ attempt, tools, isOver }: AttemptLinesProps) {
  const { number, state, issues, tokens, durationMs, isCutShort } = attempt;
  return (
    <div className="mt-1 text-sm">
      <p className="text-muted flex flex-wrap items-baseline gap-x-2">
        <span>Attempt {number}</span>
        {state === 'running' ? (
          !isOver && <span className="loading loading-dots loading-xs" />
        ) : (
          <span className={state === 'passed' ? 'text-success' : 'text-error'}>
            {state === 'passed' ? 'passed' : count(issues.length, 'issue')}
          </span>
        )}
        {state !== 'running' && (
          <span className="text-xs tabular-nums">
            {tokens !== undefined && `${count(tokens, 'token')}, `}
            {formatDuration(durationMs)}
            {isCutShort && ', cancelled early'}
          </span>
        )}
      </p>
      {tools.map(({ id, name, input, output }) => (
        <p key={id} className="verbatim bg-base-200 my-1 rounded px-2 py-1">
          {name}({scalarsText(input)}) → {scalarsText(output)}
        </p>
      ))}
      <IssueList issues={issues} className="list-disc pl-5" />
    </div>
  );
}
