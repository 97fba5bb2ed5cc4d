'use client';

import type { Escalation } from 'ai-staged-retry';
import { useRouter } from 'next/navigation';
import { type PointerEvent, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useQueueContext } from '../inbox/queue-context.ts';
import { holdsKeys } from '../inbox/use-keys.ts';
import { PageLink } from '../page-link.tsx';
import { part } from '../part.ts';
import { Problem } from '../problem.tsx';
import { DecisionBar, type Mode } from './decision-bar.tsx';
import { FormComes } from './form-comes.tsx';
import { ReviewHeader } from './review-header.tsx';
import { useDeciding } from './use-deciding.ts';
import { useEscalation } from './use-escalation.ts';
import { WhenNear } from './when-near.tsx';

/** With the schema's code, which comes when somebody edits. */
const EditForm = part(() => import('./edit-form.tsx').then(({ EditForm }) => EditForm));
const OutcomePanel = part(() => import('./outcome-panel.tsx').then(({ OutcomePanel }) => OutcomePanel));
const NotesPanel = part(() => import('./notes-panel.tsx').then(({ NotesPanel }) => NotesPanel));

/** What the server has drawn of an escalation; nothing of one that it did not find. */
interface Filed {
  /** When the one that it drew was filed; the same request files another one when the time of the first is over. */
  readonly filedAt: string | undefined;
  /** How many notes it knew: the newest one stands under the title. */
  readonly noteCount: number | undefined;
  /** Stands here until the browser has read how the escalation stands. */
  readonly skeleton: ReactNode;
  /** Stands here where there is no such escalation. */
  readonly missing: ReactNode;
  readonly heading?: ReactNode;
  readonly facts?: ReactNode;
  readonly earlier?: ReactNode;
  readonly findings?: ReactNode;
  readonly source?: ReactNode;
  readonly answer?: ReactNode;
  readonly attempts?: ReactNode;
}

/** One escalation beside the queue. */
export function Review({ id, ...filed }: Filed & { readonly id: string }) {
  const { escalation, error, update, again } = useEscalation(id);
  const { query, open } = useQueueContext();
  const { refresh } = useRouter();
  const { noteCount } = filed;
  const isDrawn = escalation?.createdAt === filed.filedAt;

  useEffect(() => {
    if (escalation && !(isDrawn && escalation.notes?.length === noteCount)) refresh();
  }, [escalation, isDrawn, noteCount, refresh]);

  return (
    <div className="flex min-h-full flex-col">
      <PageLink
        href={`/inbox${query}`}
        onOpen={() => open(undefined)}
        className="back btn btn-ghost btn-sm mx-2 mt-2 w-fit lg:hidden"
      >
        All escalations
      </PageLink>
      {error !== undefined && (
        <div className="p-4">
          <Problem error={error} again={again} />
        </div>
      )}
      {escalation === null ? (
        filed.missing
      ) : escalation !== undefined && isDrawn ? (
        <ReviewPage escalation={escalation} filed={filed} onChange={update} />
      ) : (
        error === undefined && filed.skeleton
      )}
    </div>
  );
}

interface ReviewPageProps {
  readonly escalation: Escalation;
  readonly filed: Filed;
  readonly onChange: (latest: Escalation) => void;
}

function ReviewPage({ escalation, filed, onChange }: ReviewPageProps) {
  const [mode, setMode] = useState<Mode>('read');
  const deciding = useDeciding(escalation, onChange);
  const isPending = escalation.state === 'pending';
  return (
    <>
      <article
        {...(isPending && mode !== 'read' ? holdsKeys : {})}
        className="flex grow flex-col gap-4 px-4 pt-3 pb-6 lg:px-6 lg:pt-4"
      >
        <ReviewHeader escalation={escalation} heading={filed.heading} facts={filed.facts} onChange={deciding.show} />
        <Suspense>
          {!isPending && <OutcomePanel escalation={escalation} lost={deciding.lost} isMine={deciding.isMine} />}
        </Suspense>
        {filed.earlier}
        {isPending && filed.findings}
        <div className="side-by-side" onPointerOver={markValue}>
          {filed.source}
          {isPending && mode === 'edit' ? (
            <Suspense fallback={<FormComes />}>
              <EditForm escalation={escalation} deciding={deciding} onCancel={() => setMode('read')} />
            </Suspense>
          ) : (
            <section className="panel min-w-0" aria-labelledby="answer">
              <h2 id="answer" className="p-3 pb-1">
                {isPending ? 'Best answer' : "The model's answer"}
              </h2>
              {filed.answer}
            </section>
          )}
        </div>
        {filed.attempts}
        <WhenNear>
          <NotesPanel escalation={escalation} onChange={deciding.show} />
        </WhenNear>
      </article>
      {isPending && <DecisionBar escalation={escalation} deciding={deciding} mode={mode} onMode={setMode} />}
    </>
  );
}

/** A value that is pointed at shows where else it stands: in the source, or in the answer. */
function markValue({ target, currentTarget }: PointerEvent): void {
  const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
  for (const element of currentTarget.querySelectorAll<HTMLElement>('[data-key]')) {
    element.toggleAttribute('data-active', element.dataset.key === key);
  }
}
