'use client';

import { type FormEvent, useId, useState } from 'react';
import { count, formatNumber } from '../../lib/count.ts';
import { focusFirst } from '../review/form-actions.tsx';
import { formKeys } from '../review/form-keys.ts';
import type { BulkChange } from './bulk-outcome.ts';
import { holdsKeys } from './use-keys.ts';

interface BulkConfirmProps {
  readonly type: 'approve' | 'reject';
  /** How many are decided. */
  readonly number: number;
  readonly isSending: boolean;
  readonly onSend: (change: BulkChange) => void;
  readonly onCancel: () => void;
}

/** Asks before several are decided at once. */
export function BulkConfirm({ type, number, isSending, onSend, onCancel }: BulkConfirmProps) {
  const [reason, setReason] = useState('');
  const id = useId();

  function send(event: FormEvent): void {
    event.preventDefault();
    if (isSending) return;
    onSend(type === 'approve' || reason === '' ? { type } : { type, reason });
  }

  return (
    <form
      {...holdsKeys}
      ref={focusFirst}
      className="flex flex-wrap items-center gap-2"
      onSubmit={send}
      // The second click of two decides nothing: it was meant for the button that stood here before.
      onClickCapture={(event) => event.detail > 1 && event.preventDefault()}
      onKeyDown={formKeys(onCancel)}
    >
      <span className="w-full text-sm">
        {type === 'approve'
          ? `Use ${count(number, 'answer')} despite failed checks?`
          : `End ${count(number, 'request')} without an answer?`}
      </span>
      {type === 'reject' && (
        <>
          <label htmlFor={id} className="text-sm">
            Reason (optional)
          </label>
          <textarea
            id={id}
            className="textarea field-sizing-content max-h-40 min-h-16 w-full"
            value={reason}
            maxLength={5000}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
      <button
        type="submit"
        className={`btn btn-sm ${type === 'approve' ? 'btn-primary' : 'btn-error'}`}
        aria-disabled={isSending}
      >
        {type === 'approve' ? 'Approve' : 'Reject'} {formatNumber(number)}
      </button>
      <button type="button" className="btn btn-ghost btn-sm" onClick={onCancel}>
        Cancel
      </button>
    </form>
  );
}
