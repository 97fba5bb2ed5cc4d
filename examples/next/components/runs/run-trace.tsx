'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { dateOf, spanOf } from '../../lib/age.ts';
import { count } from '../../lib/count.ts';
import { keyOf } from '../../lib/fields.ts';
import { formatDuration, formatUsd, labelOf } from '../../lib/labels.ts';
import type { AttemptView, EscalationView, RunRecord } from '../../lib/run-record.ts';
import { costOf, savedTokens, standingText, tokensOf } from '../../lib/run-standing.ts';
import { stageLabel } from '../../lib/stages.ts';
import { IssueLine } from '../answer-view.tsx';
import { Empty } from '../empty.tsx';
import { BackIcon } from '../icons.tsx';
import { scalarsOf } from '../ladder.tsx';
import { Problem, statusOf } from '../problem.tsx';
import { readJson } from '../read-json.ts';
import { decisionPast, decisionTone } from '../review/decision-words.ts';
import { useLive } from '../use-live.ts';
import { standingTone } from './standing-tone.ts';
import { type Span, timeScale } from './time-scale.ts';

/** One run as a tree: what was called, for how long, what the checks said, and what was sent next. */
export function RunTrace({ id }: { readonly id: string }) {
  const {
    data: run,
    error,
    again,
  } = useLive({
    key: id,
    read: () => readJson<RunRecord>(`/api/runs/${encodeURIComponent(id)}`),
    everyMs: (run) => (run?.outcome === 'accepted' || run?.outcome === 'failed' ? 0 : 3000),
  });
  return (
    <>
      <Link href="/runs" prefetch={false} className="btn btn-ghost btn-sm -ml-2 w-fit gap-1">
        <BackIcon /> All runs
      </Link>
      {error !== undefined &&
        (statusOf(error) === 404 ? (
          <Empty title="Run not found">
            <p>Runs are kept for seven days.</p>
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
  const { tone } = standingTone(run);
  const place = timeScale(run);
  const saved = savedTokens(attempts);
  const before = attempts.filter(({ startedAt }) => escalation === undefined || startedAt < escalation.askedAt);
  const after = attempts.filter((attempt) => !before.includes(attempt));
  return (
    <>
      <header className="flex flex-col gap-2">
        <h1>
          {title} <span className={`text-base font-medium ${tone}`}>{standingText(run)}</span>
        </h1>
        <dl className="text-muted flex flex-wrap gap-x-5 gap-y-1 text-sm">
          <Fact label="Started" value={dateOf(startedAt)} />
          {endedAt !== undefined && (
            <Fact label="Took" value={formatDuration(Date.parse(endedAt) - Date.parse(startedAt))} />
          )}
          <Fact label="Attempts" value={String(attempts.length)} />
          <Fact label="Tokens written" value={String(tokensOf(attempts))} />
          <Fact label="Cost" value={formatUsd(costOf(attempts))} />
          {saved > 0 && <Fact label="Saved" value={`about ${saved} tokens`} />}
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

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt>{label}</dt>
      <dd className="text-base-content font-medium tabular-nums">{value}</dd>
    </div>
  );
}

type Place = ReturnType<typeof timeScale>;

interface AttemptNodeProps {
  readonly attempt: AttemptView;
  readonly run: RunRecord;
  readonly place: Place;
}

function AttemptNode({ attempt, run, place }: AttemptNodeProps) {
  const { number, state, startedAt, durationMs, tokens, inputTokens, usd, isCutShort, issues, fixes = [] } = attempt;
  const tools = run.tools.filter((tool) => tool.attempt === number);
  const isPassed = state === 'passed';
  return (
    <TreeNode
      isOpen={!isPassed || number === 1}
      title={`${number}. ${stageLabel(attempt)}`}
      note={
        <span className={isPassed ? 'text-success' : 'text-error'}>
          {isPassed ? '✓ passed' : `✗ ${count(issues.length, 'issue')}`}
        </span>
      }
      time={formatDuration(durationMs)}
      span={place(startedAt, durationMs)}
      look={isPassed ? 'bg-success' : 'bg-error'}
    >
      {attempt.feedback !== undefined && <TextNode title="Feedback to the model" text={attempt.feedback} />}
      <Leaf title="Model call">
        {attempt.model}: {inputTokens ?? '?'} tokens read, {tokens ?? '?'} written
        {isCutShort && ', cancelled early'}
        {usd !== undefined && `, ${formatUsd(usd)}`}
      </Leaf>
      {tools.map(({ id, name, input, output, startedAt, durationMs }) => (
        <Leaf key={id} title={`Tool ${name}`} time={formatDuration(durationMs)} span={place(startedAt, durationMs)}>
          <span className="verbatim">
            {scalarsOf(input)} → {scalarsOf(output)}
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
        {issues.length === 0 ? (
          'All passed.'
        ) : (
          <ul>
            {issues.map((issue) => (
              <IssueLine key={`${issue.check} ${keyOf(issue.path)} ${issue.message}`} issue={issue} />
            ))}
          </ul>
        )}
        <span className="text-muted text-xs">
          {issues.length > 0 && `Found by ${[...new Set(issues.map(({ check }) => check))].join(', ')}`}
        </span>
      </Leaf>
      {attempt.text !== undefined && <TextNode title={isPassed ? 'Answer' : 'Answer, discarded'} text={attempt.text} />}
    </TreeNode>
  );
}

function PersonNode({ escalation, place }: { readonly escalation: EscalationView; readonly place: Place }) {
  const { id, state, askedAt, decidedAt, decision, by } = escalation;
  const waitedMs = Date.parse(decidedAt ?? new Date().toISOString()) - Date.parse(askedAt);
  const past = decision === undefined ? undefined : decisionPast[decision as keyof typeof decisionPast];
  return (
    <TreeNode
      isOpen
      title="Review by a person"
      note={
        <span
          className={decision === undefined ? 'text-warning' : decisionTone[decision as keyof typeof decisionTone].text}
        >
          {past === undefined ? (state === 'expired' ? 'expired' : 'waiting') : `${past} by ${by ?? 'someone'}`}
        </span>
      }
      time={decidedAt === undefined ? `${spanOf(waitedMs)} so far` : formatDuration(waitedMs)}
      span={place(askedAt, decidedAt === undefined ? 1 : waitedMs)}
      look="bg-person"
    >
      <Leaf title="Escalation">
        <Link className="link" href={`/inbox/${id}`} prefetch={false}>
          Open it in the inbox
        </Link>
      </Leaf>
    </TreeNode>
  );
}

interface NodeProps {
  readonly title: string;
  readonly time?: string;
  readonly span?: Span;
  readonly children: ReactNode;
}

interface TreeNodeProps extends NodeProps {
  readonly isOpen: boolean;
  readonly note: ReactNode;
  readonly look: string;
}

function TreeNode({ title, note, time, span, look, isOpen, children }: TreeNodeProps) {
  const [isShown, setShown] = useState(isOpen);
  return (
    <li className="border-base-300 not-first:border-t">
      <button
        type="button"
        aria-expanded={isShown}
        className="hover:bg-base-200 trace-row w-full cursor-pointer px-3 py-2.5 text-left"
        onClick={() => setShown(!isShown)}
      >
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm">
          <span aria-hidden="true" className={`inline-block transition-transform ${isShown ? 'rotate-90' : ''}`}>
            ›
          </span>
          <span className="font-semibold">{title}</span>
          {note}
        </span>
        <TimeBar span={span} look={look} />
        <span className="text-muted text-right text-xs tabular-nums">{time}</span>
      </button>
      {isShown && <ul className="pb-2 pl-4">{children}</ul>}
    </li>
  );
}

function Leaf({ title, time, span, children }: NodeProps) {
  return (
    <li className="px-3 py-1 text-sm">
      <div className="trace-row">
        <span className="text-muted">{title}</span>
        {span !== undefined && <TimeBar span={span} look="bg-primary" />}
        <span className="text-muted text-right text-xs tabular-nums">{time}</span>
      </div>
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </li>
  );
}

function TextNode({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <li className="px-3 py-1 text-sm">
      <details>
        <summary className="text-muted w-fit cursor-pointer">{title}</summary>
        <p className="verbatim bg-base-200 mt-1 rounded p-2">{text}</p>
      </details>
    </li>
  );
}

function TimeBar({ span, look }: { readonly span: Span | undefined; readonly look: string }) {
  return (
    <span className="bg-base-200 relative block h-2.5 rounded-sm" aria-hidden="true">
      {span !== undefined && (
        <span
          className={`absolute inset-y-0 rounded-sm ${look}`}
          style={{
            left: `${Math.min(span.left, 99)}%`,
            width: `${Math.min(span.width, 100 - Math.min(span.left, 99))}%`,
          }}
        />
      )}
    </span>
  );
}
