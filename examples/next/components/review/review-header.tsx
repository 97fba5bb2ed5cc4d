'use client';

import type { Escalation } from 'ai-staged-retry';
import { useState } from 'react';
import { dateOf, spanOf, urgencyOf } from '../../lib/age.ts';
import { nameOf } from '../../lib/labels.ts';
import { ClockIcon, PersonIcon } from '../icons.tsx';
import { inbox } from '../inbox/inbox-client.ts';
import { useQueueContext } from '../inbox/queue-context.ts';
import { queryOf } from '../inbox/queue-filter.ts';
import { titleOf } from '../inbox/queue-item.tsx';
import { useKeys } from '../inbox/use-keys.ts';
import { Problem } from '../problem.tsx';
import { Age, useNow } from '../time.tsx';

interface ReviewHeaderProps {
  readonly escalation: Escalation;
  readonly onChange: (latest: Escalation) => void;
}

export function ReviewHeader({ escalation, onChange }: ReviewHeaderProps) {
  const { query } = useQueueContext();
  const { state, fields = {}, metadata, createdAt } = escalation;
  const from = metadata?.from;
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h1 className="min-w-0 wrap-anywhere">{titleOf(escalation)}</h1>
        {state === 'pending' && <Holder escalation={escalation} onChange={onChange} />}
      </div>
      <dl className="text-muted flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {Object.entries(fields).map(([label, value]) => (
          <div key={label} className="flex gap-1.5">
            <dt>{nameOf(label)}</dt>
            <dd className="text-base-content font-semibold tabular-nums">{String(value)}</dd>
          </div>
        ))}
        {typeof from === 'string' && (
          <div className="flex min-w-0 gap-1.5">
            <dt>From</dt>
            <dd className="truncate">
              <a className="link" href={`/inbox${queryOf(new URLSearchParams(query), { from })}`}>
                {from}
              </a>
            </dd>
          </div>
        )}
        <div className="flex gap-1.5">
          <dt>Filed</dt>
          <dd>
            <Age time={createdAt} />
          </dd>
        </div>
        {state === 'pending' && <Due escalation={escalation} />}
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
      <dt className="flex items-center gap-1">
        {isLate && <ClockIcon size={13} />}
        Due in
      </dt>
      <dd>
        <time dateTime={expiresAt} title={dateOf(expiresAt)}>
          {spanOf(Math.max(0, Date.parse(expiresAt) - now))}
        </time>
      </dd>
    </div>
  );
}

/** Who works on it; anybody can take it over. */
function Holder({ escalation: { id, claimed }, onChange }: ReviewHeaderProps) {
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
        <span className="text-info flex items-center gap-1">
          <PersonIcon size={14} />
          {isMine ? 'Assigned to you' : `${claimed.by} is on it`}
        </span>
      )}
      <button type="button" className="btn btn-sm" onClick={() => change(isMine ? null : name)}>
        {isMine ? 'Release' : claimed === undefined ? 'Assign to me' : 'Take over'}
      </button>
    </div>
  );
}
