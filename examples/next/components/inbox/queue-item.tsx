'use client';

import type { Escalation, EscalationSummary } from 'ai-staged-retry';
import { ageOf, dateOf, spanOf, type Urgency, urgencyOf } from '../../lib/age.ts';
import { checkLabel } from '../../lib/check-label.ts';
import { count } from '../../lib/count.ts';
import { titleOf } from '../../lib/title.ts';
import { clipped } from '../../lib/visible.ts';
import { PageLink } from '../page-link.tsx';
import { decisionColor, decisionPast } from '../review/decision-words.ts';

interface QueueItemProps {
  /** With its notes instead of their number where it was read whole. */
  readonly escalation: EscalationSummary & Partial<Pick<Escalation, 'notes'>>;
  readonly query: string;
  readonly now: number;
  readonly name: string;
  readonly isOpen: boolean;
  /** `undefined` where nothing can be chosen. */
  readonly isChosen: boolean | undefined;
  readonly onOpen: () => void;
  readonly onChoose: () => void;
}

export function QueueItem({ escalation, query, now, name, isOpen, isChosen, onOpen, onChoose }: QueueItemProps) {
  const { id, state, fields = {}, issues, claimed, notes, noteCount = notes?.length, decision } = escalation;
  const [first] = issues;
  const title = titleOf(escalation);
  return (
    <li
      data-item={id}
      className={`border-base-300 relative flex gap-2 border-b px-3 py-2.5 ${isOpen ? 'bg-primary/10 shadow-[inset_3px_0_0_var(--color-primary)]' : 'hover:bg-base-200'}`}
    >
      {isChosen !== undefined && (
        <input
          type="checkbox"
          className="checkbox checkbox-primary checkbox-sm z-1 mt-0.5"
          aria-label={`Select ${title}`}
          checked={isChosen}
          disabled={state !== 'pending'}
          onChange={onChoose}
        />
      )}
      <div className="min-w-0 grow">
        <div className="flex items-baseline justify-between gap-2">
          <PageLink
            href={`/inbox/${id}${query}`}
            onOpen={onOpen}
            aria-current={isOpen ? 'true' : undefined}
            className={`truncate text-sm after:absolute after:inset-0 ${isChosen !== undefined && state !== 'pending' ? 'text-muted' : 'font-semibold'}`}
          >
            {title}
          </PageLink>
          <ItemAge escalation={escalation} now={now} />
        </div>
        <p className="truncate text-sm">
          {Object.entries(fields).map(([label, value]) => (
            <span key={label} className="mr-2 font-medium tabular-nums">
              {clipped(String(value), 60)}
            </span>
          ))}
          <span className="text-muted">
            {first === undefined ? 'No answer' : clipped(`${checkLabel(first.check)}: ${first.message}`)}
            {issues.length > 1 && `, and ${count(issues.length - 1, 'more issue')}`}
          </span>
        </p>
        {decision !== undefined && (
          <p className={`text-xs ${decisionColor[decision.type]}`}>
            {decisionPast[decision.type]} by {decision.by === name ? 'you' : (decision.by ?? 'someone')}
          </p>
        )}
        {decision === undefined && claimed !== undefined && (
          <p className="held-by text-info text-xs">{claimed.by === name ? 'You are' : `${claimed.by} is`} on it</p>
        )}
        {noteCount && <p className="note-count text-warning text-xs">{count(noteCount, 'note')}</p>}
      </div>
    </li>
  );
}

const urgencyColors: Readonly<Record<Urgency, string>> = {
  fresh: 'text-muted',
  waiting: 'clock text-warning font-semibold',
  late: 'clock text-error font-semibold',
};

function ItemAge({ escalation, now }: { readonly escalation: EscalationSummary; readonly now: number }) {
  const { state, createdAt, expiresAt, decision } = escalation;
  const time = decision?.at ?? createdAt;
  const urgency = state === 'pending' ? urgencyOf(escalation, now) : 'fresh';
  return (
    <time
      dateTime={time}
      title={dateOf(time)}
      data-urgency={urgency}
      className={`shrink-0 text-xs ${urgencyColors[urgency]}`}
    >
      {ageOf(time, now)}
      {urgency === 'late' && `, due in ${spanOf(Math.max(0, Date.parse(expiresAt) - now))}`}
    </time>
  );
}
