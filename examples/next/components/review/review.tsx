'use client';

import type { Escalation } from 'ai-staged-retry';
import Link from 'next/link';
import { lazy, Suspense, useState } from 'react';
import { keyOf, valueIn } from '../../lib/fields.ts';
import { sourceParts } from '../../lib/source-marks.ts';
import { AnswerView, WholeIssues } from '../answer-view.tsx';
import { Empty } from '../empty.tsx';
import { BackIcon } from '../icons.tsx';
import { useQueueContext } from '../inbox/queue-context.ts';
import { holdsKeys } from '../inbox/use-keys.ts';
import { Problem } from '../problem.tsx';
import { AttemptsPanel } from './attempts-panel.tsx';
import { DecisionBar, type Mode } from './decision-bar.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { promptMessages } from './prompt-messages.ts';
import { ReviewHeader } from './review-header.tsx';
import { SourcePanel } from './source-panel.tsx';
import { useDeciding } from './use-deciding.ts';
import { useEscalation } from './use-escalation.ts';

/** With the schema's code, which comes when somebody edits. */
const EditForm = lazy(() => import('./edit-form.tsx').then((module) => ({ default: module.EditForm })));
const OutcomePanel = lazy(() => import('./outcome-panel.tsx').then((module) => ({ default: module.OutcomePanel })));

/** One escalation beside the queue. */
export function Review({ id }: { readonly id: string }) {
  const { escalation, error, update, again } = useEscalation(id);
  const { query } = useQueueContext();
  return (
    <div className="flex min-h-full flex-col">
      <Link href={`/inbox${query}`} prefetch={false} className="btn btn-ghost btn-sm mx-2 mt-2 w-fit gap-1 lg:hidden">
        <BackIcon /> All escalations
      </Link>
      {error !== undefined && (
        <div className="p-4">
          <Problem error={error} again={again} />
        </div>
      )}
      {escalation === undefined && error === undefined && <ReviewSkeleton />}
      {escalation === null && (
        <Empty title="Escalation not found">
          <p>It expired and was deleted, or the link is incomplete.</p>
        </Empty>
      )}
      {escalation && <ReviewPage escalation={escalation} onChange={update} />}
    </div>
  );
}

interface ReviewPageProps {
  readonly escalation: Escalation;
  readonly onChange: (latest: Escalation) => void;
}

function ReviewPage({ escalation, onChange }: ReviewPageProps) {
  const [mode, setMode] = useState<Mode>('read');
  const [active, setActive] = useState<string>();
  const deciding = useDeciding(escalation, onChange);
  const isPending = escalation.state === 'pending';
  const answer = valueIn(escalation.proposal);
  const source = sourceOf(escalation);
  const parts = sourceParts(source, answer);
  const inSource = new Set(parts.flatMap(({ key }) => (key === undefined ? [] : [key])));
  const look = { active, onActive: setActive };

  return (
    <>
      <article
        {...(isPending && mode !== 'read' ? holdsKeys : {})}
        className="flex grow flex-col gap-4 px-4 pt-3 pb-6 lg:px-6 lg:pt-4"
      >
        <ReviewHeader escalation={escalation} onChange={deciding.show} />
        <Suspense>
          {!isPending && <OutcomePanel escalation={escalation} lost={deciding.lost} isMine={deciding.isMine} />}
        </Suspense>
        {isPending && <Findings escalation={escalation} />}
        <div className="side-by-side">
          <SourcePanel prompt={escalation.prompt} parts={parts} issues={escalation.issues} {...look} />
          {isPending && mode === 'edit' ? (
            <Suspense fallback={<FormComes />}>
              <EditForm escalation={escalation} deciding={deciding} onCancel={() => setMode('read')} />
            </Suspense>
          ) : (
            <section className="panel min-w-0" aria-labelledby="answer">
              <h2 id="answer" className="p-3 pb-1">
                {isPending ? 'Best answer' : "The model's answer"}
              </h2>
              <WholeIssues issues={escalation.issues} />
              <AnswerView
                caption="The fields of the answer"
                value={answer ?? escalation.proposal}
                issues={escalation.issues}
                inSource={inSource}
                {...look}
              />
            </section>
          )}
        </div>
        <AttemptsPanel attempts={escalation.attempts} />
        <NotesPanel escalation={escalation} onChange={deciding.show} />
      </article>
      {isPending && <DecisionBar escalation={escalation} deciding={deciding} mode={mode} onMode={setMode} />}
    </>
  );
}

function Findings({ escalation: { issues } }: { readonly escalation: Escalation }) {
  if (issues.length === 0) return null;
  return (
    <section aria-label="What the checks found" className="alert alert-error alert-soft block text-left">
      <ul className="flex flex-col gap-1 text-sm">
        {issues.map(({ check, path, message }) => (
          <li key={`${check} ${keyOf(path)} ${message}`}>
            <span aria-hidden="true">✗ </span>
            {message}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Has the focus until the form takes it. */
function FormComes() {
  return (
    <p ref={(place) => place?.focus()} tabIndex={-1} role="status" className="panel p-4 outline-none">
      Loading the form…
    </p>
  );
}

function ReviewSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4 p-6">
      <span className="sr-only">Loading…</span>
      <div className="skeleton h-7 w-2/3" aria-hidden="true" />
      <div className="skeleton h-64 w-full" aria-hidden="true" />
    </div>
  );
}

/** What the answer was made of: the texts of the user's side. */
function sourceOf({ prompt }: Escalation): string {
  return promptMessages(prompt)
    .filter(({ role }) => role === 'user')
    .map(({ text }) => text)
    .join('\n\n');
}
