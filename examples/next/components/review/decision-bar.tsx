'use client';

import type { Escalation } from 'ai-staged-retry';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useKeys } from '../inbox/use-keys.ts';
import { Problem } from '../problem.tsx';
import type { Deciding } from './use-deciding.ts';

const cancelKey = 'Escape';

export type Mode = 'read' | 'edit' | 'approve' | 'retry' | 'reject';

interface DecisionBarProps {
  readonly escalation: Escalation;
  readonly deciding: Deciding;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
}

/** The decision, always in view: four buttons, and the form of the one that was chosen. */
export function DecisionBar({ escalation, deciding, mode, onMode }: DecisionBarProps) {
  const { decide } = deciding;
  const canApprove = escalation.attempts.length > 0;
  useKeys({
    e: () => onMode('edit'),
    a: () => canApprove && onMode('approve'),
    s: () => onMode('retry'),
    r: () => onMode('reject'),
    [cancelKey]: () => onMode('read'),
  });
  if (mode === 'edit') return null;
  return (
    <section
      aria-label="Your decision"
      className="border-base-300 bg-base-100 sticky bottom-0 z-20 border-t px-4 py-3 shadow-[0_-4px_12px_rgb(0_0_0/0.08)] lg:px-6"
    >
      {deciding.error !== undefined && (
        <div className="mb-2">
          <Problem error={deciding.error} />
        </div>
      )}
      {mode === 'read' && (
        <div className="flex items-center gap-2">
          <Choice label="Edit" hotkey="e" look="btn-primary" onChoose={() => onMode('edit')} />
          {canApprove && <Choice label="Approve" hotkey="a" onChoose={() => onMode('approve')} />}
          <Choice label="Send back" hotkey="s" onChoose={() => onMode('retry')} />
          <Choice label="Reject" hotkey="r" onChoose={() => onMode('reject')} />
          <span className="hidden grow sm:block" />
          <NextSwitch deciding={deciding} className="hidden sm:flex" />
        </div>
      )}
      {mode === 'approve' && (
        <ApproveForm escalation={escalation} deciding={deciding} onCancel={() => onMode('read')} />
      )}
      {mode === 'retry' && (
        <WordsForm
          label="What should the model know?"
          button="Send back"
          isRequired
          deciding={deciding}
          onCancel={() => onMode('read')}
          onSend={(advice) => decide({ type: 'retry', advice })}
        />
      )}
      {mode === 'reject' && (
        <WordsForm
          label="Why? You can leave it empty."
          button="Reject"
          look="btn-error"
          deciding={deciding}
          onCancel={() => onMode('read')}
          onSend={(reason) => decide(reason === '' ? { type: 'reject' } : { type: 'reject', reason })}
        />
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
      <span className="hidden text-xs opacity-80 lg:inline" aria-hidden="true">
        {hotkey}
      </span>
    </button>
  );
}

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
      <button type="submit" className={`btn btn-sm ${look}`} disabled={isDisabled || deciding.isSending}>
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

function NextSwitch({ deciding, className }: { readonly deciding: Deciding; readonly className: string }) {
  return (
    <label className={`text-muted cursor-pointer items-center gap-2 text-sm ${className}`}>
      <input
        type="checkbox"
        className="toggle toggle-sm"
        checked={deciding.opensNext}
        onChange={(event) => deciding.setOpensNext(event.currentTarget.checked)}
      />
      Then open the next
    </label>
  );
}

interface FormProps {
  readonly deciding: Deciding;
  readonly onCancel: () => void;
}

function ApproveForm({ escalation, deciding, onCancel }: FormProps & { readonly escalation: Escalation }) {
  const [attempt, setAttempt] = useState('');
  const id = useId();
  return (
    <DecisionForm
      onCancel={onCancel}
      onSend={() =>
        deciding.decide(attempt === '' ? { type: 'approve' } : { type: 'approve', attempt: Number(attempt) })
      }
    >
      <label htmlFor={id} className="text-sm">
        Use this answer although the checks found something:
      </label>
      <select
        id={id}
        className="select select-sm w-fit"
        value={attempt}
        onChange={(event) => setAttempt(event.currentTarget.value)}
      >
        <option value="">The best answer</option>
        {escalation.attempts.map(({ number }) => (
          <option key={number} value={number}>
            Attempt {number}
          </option>
        ))}
      </select>
      <Actions button="Approve" deciding={deciding} onCancel={onCancel} />
    </DecisionForm>
  );
}

interface WordsFormProps extends FormProps {
  readonly label: string;
  readonly button: string;
  readonly look?: string;
  readonly isRequired?: boolean;
  readonly onSend: (words: string) => Promise<void>;
}

function WordsForm({ label, button, look, isRequired = false, deciding, onCancel, onSend }: WordsFormProps) {
  const [words, setWords] = useState('');
  const id = useId();
  return (
    <DecisionForm onCancel={onCancel} onSend={() => onSend(words)}>
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <textarea
        id={id}
        className="textarea field-sizing-content max-h-40 min-h-16 w-full"
        value={words}
        maxLength={5000}
        onChange={(event) => setWords(event.currentTarget.value)}
        required={isRequired}
      />
      <Actions button={button} look={look} deciding={deciding} onCancel={onCancel} />
    </DecisionForm>
  );
}

interface DecisionFormProps {
  readonly onSend: () => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A form that has the focus when it comes; Escape leaves it. */
function DecisionForm({ onSend, onCancel, children }: DecisionFormProps) {
  function send(event: FormEvent): void {
    event.preventDefault();
    void onSend();
  }
  return (
    <form
      ref={focusFirst}
      className="flex flex-col gap-2"
      onSubmit={send}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {children}
    </form>
  );
}

/** What is typed in first, or the button, of a form that appears: its own button had the focus. */
export function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, textarea, button[type=submit]')?.focus();
}
