'use client';

import type { Escalation } from 'ai-staged-retry';
import { type ReactNode, useState } from 'react';
import { dateOf, spanOf, urgencyOf } from '../../lib/age.ts';
import { inbox } from '../inbox/inbox-client.ts';
import { useQueueContext } from '../inbox/queue-context.ts';
import { useKeys } from '../inbox/use-keys.ts';
import { Problem } from '../problem.tsx';
import { Age, useNow } from '../time.tsx';

interface HolderProps {
  readonly escalation: Escalation;
  readonly onChange: (latest: Escalation) => void;
}

interface ReviewHeaderProps extends HolderProps {
  readonly heading: ReactNode;
  readonly facts: ReactNode;
}

/** What it is about, since when it waits, and who is on it. */
export function ReviewHeader({ escalation, heading, facts, onChange }: ReviewHeaderProps) {
  const isPending = escalation.state === 'pending';
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        {heading}
        {isPending && <Holder escalation={escalation} onChange={onChange} />}
      </div>
      <dl className="text-muted flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {facts}
        <div className="flex gap-1.5">
          <dt>Filed</dt>
          <dd>
            <Age time={escalation.createdAt} />
          </dd>
        </div>
        {isPending && <Due escalation={escalation} />}
      </dl>
    </header>
  );
}

function Due({ escalation }: { readonly escalation: Escalation }) {
  const now = useNow();
  const { expiresAt } = escalation;
  const isLate = urgencyOf(escalation, now) === 'late';
  return (
    <div className={`flex items-center gap-1.5 ${isLate ? 'text-error font-semibold' : ''}`}>
      <dt className={isLate ? 'clock' : ''}>Due in</dt>
      <dd>
        <time dateTime={expiresAt} title={dateOf(expiresAt)}>
          {spanOf(Math.max(0, Date.parse(expiresAt) - now))}
        </time>
      </dd>
    </div>
  );
}

/** Who works on it; anybody can take it over. */
function Holder({ escalation: { id, claimed }, onChange }: HolderProps) {
  const { name } = useQueueContext();
  const [error, setError] = useState<unknown>();
  const isMine = claimed?.by === name;

  async function change(to: string | null): Promise<void> {
    setError(undefined);
    try {
      onChange((await inbox.assign(id, { to })).escalation);
    } catch (problem) {
      setError(problem);
    }
  }

  useKeys({ c: () => void change(isMine ? null : name) });

  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      {error !== undefined && <Problem error={error} />}
      {claimed !== undefined && (
        <span className="held-by text-info">{isMine ? 'Assigned to you' : `${claimed.by} is on it`}</span>
      )}
      <button
        type="button"
        className="btn btn-sm"
        onClick={(event) => event.detail < 2 && change(isMine ? null : name)}
      >
        {isMine ? 'Release' : claimed === undefined ? 'Assign to me' : 'Take over'}
      </button>
    </div>
  );
}
