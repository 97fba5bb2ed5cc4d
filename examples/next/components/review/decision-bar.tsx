'use client';

import type { Escalation } from 'ai-staged-retry';
import { Suspense } from 'react';
import { isApprovable } from '../../lib/is-approvable.ts';
import { useQueueContext } from '../inbox/queue-context.ts';
import { cancelKey, useKeys } from '../inbox/use-keys.ts';
import { part } from '../part.ts';
import { Problem } from '../problem.tsx';
import { type DraftForm, draftAt, draftKey } from './drafts.ts';
import { FormComes } from './form-comes.tsx';
import type { Deciding } from './use-deciding.ts';

/** Comes when a decision is chosen. */
const DecisionForm = part(() => import('./decision-forms.tsx').then(({ DecisionForm }) => DecisionForm));

export type Mode = 'read' | 'edit' | 'approve' | 'retry' | 'reject';

interface DecisionBarProps {
  readonly escalation: Escalation;
  readonly deciding: Deciding;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
}

/** The decision, always in view: four buttons, and the form of the one that was chosen. */
export function DecisionBar({ escalation, deciding, mode, onMode }: DecisionBarProps) {
  const canApprove = escalation.attempts.some(isApprovable);
  useKeys({
    e: () => onMode('edit'),
    a: () => canApprove && onMode('approve'),
    s: () => onMode('retry'),
    r: () => onMode('reject'),
    [cancelKey]: () => onMode('read'),
  });
  const { name } = useQueueContext();
  if (mode === 'edit') return null;
  /** Says where something was left that is not sent. */
  const labelOf = (label: string, form: DraftForm) =>
    draftAt(draftKey(escalation, name, form)) === undefined ? label : `${label} (draft)`;
  return (
    <section aria-label="Your decision" className="decision-bar px-4 py-3 lg:px-6">
      {deciding.error !== undefined && (
        <div className="mb-2">
          <Problem error={deciding.error} />
        </div>
      )}
      {mode === 'read' && (
        <div className="flex flex-wrap items-center gap-2">
          <Choice label={labelOf('Edit', 'edit')} hotkey="e" look="btn-primary" onChoose={() => onMode('edit')} />
          {canApprove && <Choice label="Approve" hotkey="a" onChoose={() => onMode('approve')} />}
          <Choice label={labelOf('Send back', 'retry')} hotkey="s" onChoose={() => onMode('retry')} />
          <Choice label={labelOf('Reject', 'reject')} hotkey="r" onChoose={() => onMode('reject')} />
        </div>
      )}
      {mode !== 'read' && (
        <Suspense fallback={<FormComes />}>
          <DecisionForm mode={mode} escalation={escalation} deciding={deciding} onCancel={() => onMode('read')} />
        </Suspense>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hotkey: string;
  readonly look?: string;
  readonly onChoose: () => void;
}

function Choice({ label, hotkey, look = '', onChoose }: ChoiceProps) {
  return (
    <button
      type="button"
      className={`btn btn-sm grow px-2 whitespace-nowrap sm:grow-0 sm:px-3 ${look}`}
      aria-keyshortcuts={hotkey}
      onClick={onChoose}
    >
      {label}
      <span className="hotkey hidden text-xs opacity-80 lg:inline" aria-hidden="true">
        {hotkey}
      </span>
    </button>
  );
}
