import type { ReactNode } from 'react';
import type { AttemptView } from '../lib/run-record.ts';
import { type RungKind, rungs, stageKind } from '../lib/stages.ts';
import { AttemptLines } from './attempt-lines.tsx';
import { CheckIcon, CrossIcon, PersonIcon } from './mark-icons.tsx';
import type { RunView } from './run-parts.ts';

interface LadderProps {
  /** Without one, what is about to happen. */
  readonly run?: RunView;
  readonly isOver?: boolean;
}

type RungState = 'ahead' | 'running' | 'passed' | 'failed' | 'waiting' | 'stopped' | 'unneeded';

/** Every rung of the ladder: those ahead, the one that runs, those that passed or failed, and those nobody needed. */
export function Ladder({ run, isOver = false }: LadderProps) {
  return (
    <ol className="flex flex-col">
      {rungs.map(({ kind, label, hint }, index) => {
        const attempts = run?.attempts.filter((attempt) => stageKind(attempt) === kind) ?? [];
        const state = run === undefined ? 'ahead' : stateOf(kind, run, attempts, isOver);
        return (
          <li key={kind} className="relative flex gap-3 pb-4 last:pb-0" data-state={state}>
            {index < rungs.length - 1 && (
              <span className="bg-base-300 absolute top-7 bottom-0 left-3.5 w-px" aria-hidden="true" />
            )}
            <Sign state={state} number={index + 1} />
            <div className="min-w-0 grow pt-0.5">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className={state === 'ahead' || state === 'unneeded' ? 'text-muted' : 'font-semibold'}>
                  {label}
                </span>
                <span className={`text-xs ${colors[state]}`}>{words[state]}</span>
              </p>
              {attempts.length === 0 && kind !== 'person' && state !== 'unneeded' && (
                <p className="text-muted text-sm">{hint}</p>
              )}
              {kind === 'person' && <PersonLine run={run} hint={hint} />}
              {attempts.map((attempt) => (
                <AttemptLines
                  key={attempt.number}
                  attempt={attempt}
                  isOver={isOver}
                  tools={run?.tools.filter((tool) => tool.attempt === attempt.number) ?? []}
                />
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function PersonLine({ run, hint }: { readonly run: RunView | undefined; readonly hint: string }) {
  const { by, decision } = run?.escalation ?? {};
  if (run?.escalation === undefined) {
    return run?.end === undefined ? <p className="text-muted text-sm">{hint}</p> : null;
  }
  if (decision === undefined) return <p className="text-sm">Waiting in the team's inbox.</p>;
  return (
    <p className="text-sm">
      {by ?? 'Someone'} {decisionWords[decision] ?? 'decided'}.
    </p>
  );
}

const decisionWords: Readonly<Record<string, string>> = {
  approve: 'approved the answer',
  edit: 'corrected the answer',
  retry: 'sent it back to the model with advice',
  reject: 'rejected the answer',
};

function Sign({ state, number }: { readonly state: RungState; readonly number: number }) {
  const signs: Readonly<Record<RungState, ReactNode>> = {
    ahead: number,
    unneeded: number,
    stopped: number,
    running: <span className="loading loading-spinner loading-xs" />,
    waiting: <PersonIcon />,
    passed: <CheckIcon />,
    failed: <CrossIcon />,
  };
  return (
    <span
      aria-hidden="true"
      className={`bg-base-100 z-1 flex size-7 shrink-0 items-center justify-center rounded-full border text-xs font-semibold ${colors[state]} ${state === 'ahead' || state === 'unneeded' ? 'border-base-300 border-dashed' : 'border-current'}`}
    >
      {signs[state]}
    </span>
  );
}

const colors: Readonly<Record<RungState, string>> = {
  ahead: 'text-muted',
  unneeded: 'text-muted',
  stopped: 'text-muted',
  running: 'text-primary',
  waiting: 'text-warning',
  passed: 'text-success',
  failed: 'text-error',
};

const words: Readonly<Record<RungState, string>> = {
  ahead: '',
  unneeded: 'not needed',
  stopped: 'stopped',
  running: 'running',
  waiting: 'waiting for the team',
  passed: 'passed',
  failed: 'failed',
};

function stateOf(kind: RungKind, run: RunView, attempts: readonly AttemptView[], isOver: boolean): RungState {
  const { end, escalation } = run;
  const isAccepted = end?.outcome === 'accepted' || end?.outcome === 'unchanged';
  if (kind === 'person' && escalation !== undefined) {
    if (escalation.state === 'pending') return isOver ? 'stopped' : 'waiting';
    if (escalation.decision === 'reject') return 'failed';
    if (isAccepted) return 'passed';
  }
  const latest = attempts.at(-1);
  if (latest === undefined) return isAccepted ? 'unneeded' : 'ahead';
  if (latest.state === 'running') return isOver ? 'stopped' : 'running';
  return latest.state;
}
