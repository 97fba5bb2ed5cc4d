'use client';

import type { FormEvent } from 'react';
import { Notice } from '../problem.tsx';
import { NextSwitch } from './next-switch.tsx';
import type { Deciding } from './use-deciding.ts';

interface ActionsProps {
  readonly button: string;
  readonly look?: string | undefined;
  readonly isDisabled?: boolean;
  readonly deciding: Deciding;
  readonly onCancel: () => void;
}

/** The end of each form: send it, or leave it. */
export function Actions(props: ActionsProps) {
  const { button, look = 'btn-primary', isDisabled = false, deciding, onCancel } = props;
  const { isSending, holder } = deciding;
  return (
    <>
      {holder !== undefined && (
        <Notice tone="alert-warning">{holder} is working on this one, so nothing was decided.</Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <button type="submit" className={`btn btn-sm ${look}`} disabled={isDisabled} aria-disabled={isSending}>
          {isSending && <span className="loading loading-spinner loading-xs" />}
          {button}
        </button>
        {/* Behind the other one, which Enter in a field stands for. */}
        {holder !== undefined && (
          <button type="submit" value={takesOver} className="btn btn-sm" disabled={isDisabled}>
            Decide in their place
          </button>
        )}
        <button type="button" className="btn btn-ghost btn-sm" onClick={onCancel}>
          Cancel
        </button>
        <span className="grow" />
        <NextSwitch deciding={deciding} />
      </div>
    </>
  );
}

const takesOver = 'take-over';

/** Whether a form was sent with the button that decides in place of whoever works on it. */
export function isTakenOver({ nativeEvent }: FormEvent): boolean {
  const { submitter } = nativeEvent as SubmitEvent; // cast: what React's type of the event leaves open
  return submitter instanceof HTMLButtonElement && submitter.value === takesOver;
}

/** What is typed in first, or the button, of a form that appears: its own button had the focus. */
export function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, textarea, button[type=submit]')?.focus();
}
