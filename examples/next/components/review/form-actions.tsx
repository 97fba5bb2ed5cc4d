'use client';

import { NextSwitch } from './next-switch.tsx';
import type { Deciding } from './use-deciding.ts';

interface ActionsProps {
  readonly button: string;
  readonly look?: string | undefined;
  readonly isDisabled?: boolean;
  /** Leaves a phone room for the form. */
  readonly isShort?: boolean;
  readonly deciding: Deciding;
  readonly onCancel: () => void;
}

/** The end of each form: send it, or leave it. */
export function Actions(props: ActionsProps) {
  const { button, look = 'btn-primary', isDisabled = false, isShort = false, deciding, onCancel } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="submit"
        className={`btn btn-sm ${look}`}
        disabled={isDisabled || deciding.isSending}
        // The key that opened the form, still held down, decides nothing.
        onKeyDown={(event) => event.repeat && event.preventDefault()}
      >
        {deciding.isSending && <span className="loading loading-spinner loading-xs" />}
        {button}
      </button>
      <button type="button" className="btn btn-ghost btn-sm" onClick={onCancel}>
        Cancel
      </button>
      <span className="grow" />
      <NextSwitch deciding={deciding} className={isShort ? 'flex max-sm:hidden' : 'flex'} />
    </div>
  );
}

/** What is typed in first, or the button, of a form that appears: its own button had the focus. */
export function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, textarea, button[type=submit]')?.focus();
}
