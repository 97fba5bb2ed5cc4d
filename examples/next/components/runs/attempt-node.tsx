import { checkLabel } from '../../lib/check-label.ts';
import { count, formatNumber } from '../../lib/count.ts';
import { keyOf, scalarsText } from '../../lib/fields.ts';
import { formatDuration, formatUsd, labelOf } from '../../lib/labels.ts';
import type { AttemptView, RunRecord } from '../../lib/run-record.ts';
import { stageLabel } from '../../lib/stages.ts';
import { IssueList } from '../issues.tsx';
import type { TimeScale } from './time-scale.ts';
import { Leaf, TextNode, TreeNode } from './trace-tree.tsx';

interface AttemptNodeProps {
  readonly attempt: AttemptView;
  readonly run: RunRecord;
  readonly place: TimeScale;
}

/** An attempt: what the model was told, what it called, what the checks said, what it answered. */
export function AttemptNode({ attempt, run, place }: AttemptNodeProps) {
  const { number, state, startedAt, durationMs, tokens, inputTokens, usd, isCutShort, issues, fixes = [] } = attempt;
  const { earlierRun } = attempt;
  const tools = run.tools.filter((tool) => tool.attempt === number);
  const isPassed = state === 'passed';
  return (
    <TreeNode
      isOpen={earlierRun === undefined && (!isPassed || number === 1)}
      title={`${number}. ${stageLabel(attempt)}`}
      note={
        <>
          <span className={isPassed ? 'text-success' : 'text-error'}>
            {isPassed ? '✓ passed' : `✗ ${count(issues.length, 'issue')}`}
          </span>
          {earlierRun !== undefined && <span className="text-muted">in an earlier run</span>}
        </>
      }
      time={formatDuration(durationMs)}
      span={place(startedAt, durationMs)}
      look={isPassed ? 'bg-success' : 'bg-error'}
    >
      {attempt.feedback !== undefined && <TextNode title="Feedback to the model" text={attempt.feedback} />}
      <Leaf title="Model call">
        {attempt.model}: {tokenText(inputTokens)} tokens read, {tokenText(tokens)} written
        {isCutShort && ', cancelled early'}
        {usd !== undefined && `, ${formatUsd(usd)}`}
      </Leaf>
      {tools.map(({ id, name, input, output, startedAt, durationMs }) => (
        <Leaf key={id} title={`Tool ${name}`} time={formatDuration(durationMs)} span={place(startedAt, durationMs)}>
          <span className="verbatim">
            {scalarsText(input)} → {scalarsText(output)}
          </span>
        </Leaf>
      ))}
      {fixes.length > 0 && (
        <Leaf title="Fixed while reading">
          <ul>
            {fixes.map(({ path, rule, from, to }) => (
              <li key={`${keyOf(path)} ${rule} ${from}`} className="wrap-anywhere">
                {path.length > 0 && `${labelOf(path)}: `}
                <del className="text-muted">{from === '' ? 'nothing' : from}</del> → {to === '' ? 'nothing' : to}
              </li>
            ))}
          </ul>
        </Leaf>
      )}
      <Leaf title="Checks">
        {issues.length === 0 ? 'All passed.' : <IssueList issues={issues} />}
        <span className="text-muted text-xs">
          {issues.length > 0 && `Found by: ${[...new Set(issues.map(({ check }) => checkLabel(check)))].join(', ')}`}
        </span>
      </Leaf>
      {attempt.text !== undefined && <TextNode title={isPassed ? 'Answer' : 'Answer, discarded'} text={attempt.text} />}
    </TreeNode>
  );
}

function tokenText(tokens: number | undefined): string {
  return tokens === undefined ? '?' : formatNumber(tokens);
}
