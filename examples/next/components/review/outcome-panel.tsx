'use client';

import type { Escalation } from 'ai-staged-retry';
import { dateOf, spanOf } from '../../lib/age.ts';
import { valueIn } from '../../lib/fields.ts';
import { AnswerView } from '../answer-view.tsx';
import { useQueueContext } from '../inbox/queue-context.ts';
import { WholeIssues } from '../issues.tsx';
import { PageLink } from '../page-link.tsx';
import { Notice } from '../problem.tsx';
import { ChangeTable } from './change-table.tsx';
import { type ByDecision, decisionPast } from './decision-words.ts';
import { saidWith } from './said-with.ts';
import { UnsentDrafts } from './unsent-drafts.tsx';

/** A rejection is no success. */
const alerts: ByDecision<string> = {
  approve: 'alert-success',
  edit: 'alert-success',
  retry: 'alert-info',
  reject: 'alert-error',
  escalate: 'alert-info',
};

interface OutcomePanelProps {
  readonly escalation: Escalation;
  /** Somebody else was faster than the visitor. */
  readonly lost: boolean;
  /** The visitor decided just now. */
  readonly isMine: boolean;
}

/** What was decided, by whom, and what came of it. */
export function OutcomePanel({ escalation, lost, isMine }: OutcomePanelProps) {
  const { name } = useQueueContext();
  const { decision, expiresAt, createdAt } = escalation;
  if (decision === undefined) {
    return (
      <>
        <Notice tone="alert-warning" role="status">
          Nobody decided by {dateOf(expiresAt)}. The request ended without an answer; sending it again brings it back
          here.
        </Notice>
        <UnsentDrafts escalation={escalation} />
      </>
    );
  }
  const { type, by = 'someone', at } = decision;
  const words = saidWith(decision);
  const who = by === name ? 'you' : by;
  return (
    <>
      <div
        // The form that had the focus is gone.
        ref={isMine || lost ? focus : undefined}
        tabIndex={-1}
        role="status"
        className={`alert alert-soft block text-left outline-none ${lost ? 'alert-warning' : alerts[type]}`}
      >
        <p className="font-semibold">
          {lost && (by === name ? 'You decided this before. ' : 'Someone else was faster. ')}
          {decisionPast[type]} by {who}
        </p>
        <p className="text-sm">
          {dateOf(at)}, {spanOf(Date.parse(at) - Date.parse(createdAt))} after it was filed. {resultOf(escalation)}
          {escalation.outcome?.escalationId !== undefined && (
            <>
              {' '}
              <PageLink className="link" href={`/inbox/${escalation.outcome.escalationId}`}>
                Open the new escalation
              </PageLink>
            </>
          )}
        </p>
        {words !== '' && <p className="verbatim mt-2 border-l-2 pl-3">{words}</p>}
      </div>
      {by !== name && <UnsentDrafts escalation={escalation} />}
      <FinalAnswer escalation={escalation} />
    </>
  );
}

function FinalAnswer({ escalation }: { readonly escalation: Escalation }) {
  const { proposal, issues, outcome } = escalation;
  const text = finalText(escalation);
  if (text === undefined) return null;
  const [before, after] = [valueIn(proposal), valueIn(text)];
  const isSame = after === undefined ? text === proposal : JSON.stringify(before) === JSON.stringify(after);
  if (isSame) {
    return <p className="text-muted text-sm">The final answer is the model's answer, unchanged.</p>;
  }
  const faults = outcome?.verdict?.type === 'fail' ? outcome.verdict.issues : [];
  return (
    <section className="panel min-w-0" aria-labelledby="final">
      <h2 id="final" className="p-3 pb-1">
        Final answer
      </h2>
      <WholeIssues issues={faults} />
      {after === undefined ? (
        <AnswerView caption="The final answer" value={text} />
      ) : (
        <ChangeTable
          caption="The model's answer and the final one; what changed is marked"
          versions={[
            { title: 'The model', value: before, issues },
            { title: 'Final', value: after, issues: faults },
          ]}
        />
      )}
    </section>
  );
}

/** The answer that came of the decision, as far as it is known. */
function finalText({ decision, outcome, proposal, attempts }: Escalation): string | undefined {
  if (outcome?.text !== undefined) return outcome.text;
  switch (decision?.type) {
    case 'edit':
      return decision.text;
    case 'approve':
      return attempts.find(({ number }) => number === decision.attempt)?.text ?? proposal;
    default:
      return undefined;
  }
}

/** An approved answer is known before its sender picks it up. */
const acceptedWords = {
  pass: 'This answer passed the checks and is used.',
  fail: 'This answer is used although a check failed.',
  unknown: 'This answer is used, whatever the checks find. They have not looked at it yet.',
};

function resultOf({ decision, outcome }: Escalation): string {
  switch (outcome?.type) {
    case 'accepted':
      return acceptedWords[outcome.verdict?.type ?? 'unknown'];
    case 'asked-again':
      return 'The answer failed the checks, so a person was asked again.';
    case 'failed':
      return 'The request ended without an answer.';
    case undefined:
      return decision?.type === 'retry' ? 'The model has not answered yet.' : 'The sender has not picked it up yet.';
  }
}

function focus(element: HTMLElement | null): void {
  element?.focus();
}
