'use client';

import type { Escalation } from 'ai-staged-retry';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { isApprovable } from '../../lib/is-approvable.ts';
import { Actions, focusFirst, isTakenOver } from './form-actions.tsx';
import { formKeys } from './form-keys.ts';
import { RestoredDraft } from './restored-draft.tsx';
import type { Deciding } from './use-deciding.ts';
import { useDraft } from './use-draft.ts';

interface DecisionFormProps extends FormProps {
  readonly mode: 'approve' | 'retry' | 'reject';
  readonly escalation: Escalation;
}

/** What a decision needs besides the click. */
export function DecisionForm({ mode, escalation, deciding, onCancel }: DecisionFormProps) {
  const { decide } = deciding;
  switch (mode) {
    case 'approve':
      return <ApproveForm escalation={escalation} deciding={deciding} onCancel={onCancel} />;
    case 'retry':
      return (
        <WordsForm
          escalation={escalation}
          form="retry"
          label="What should the model know?"
          button="Send back"
          isRequired
          deciding={deciding}
          onCancel={onCancel}
          onSend={(advice, takeOver) => decide({ type: 'retry', advice }, takeOver)}
        />
      );
    case 'reject':
      return (
        <WordsForm
          escalation={escalation}
          form="reject"
          label="Reason (optional)"
          button="Reject"
          look="btn-error"
          deciding={deciding}
          onCancel={onCancel}
          onSend={(reason, takeOver) =>
            decide(reason === '' ? { type: 'reject' } : { type: 'reject', reason }, takeOver)
          }
        />
      );
  }
}

interface FormProps {
  readonly deciding: Deciding;
  readonly onCancel: () => void;
}

function ApproveForm({ escalation, deciding, onCancel }: FormProps & { readonly escalation: Escalation }) {
  const withText = escalation.attempts.filter(isApprovable);
  const [attempt, setAttempt] = useState(() => (escalation.proposal === '' ? String(withText[0]?.number) : ''));
  const id = useId();
  return (
    <Frame
      onCancel={onCancel}
      onSend={(takeOver) =>
        deciding.decide(attempt === '' ? { type: 'approve' } : { type: 'approve', attempt: Number(attempt) }, takeOver)
      }
    >
      <label htmlFor={id} className="text-sm">
        Use this answer despite failed checks:
      </label>
      <select
        id={id}
        className="select select-sm w-fit"
        value={attempt}
        onChange={(event) => setAttempt(event.currentTarget.value)}
      >
        {escalation.proposal !== '' && <option value="">Best answer</option>}
        {withText.map(({ number }) => (
          <option key={number} value={number}>
            Attempt {number}
          </option>
        ))}
      </select>
      <Actions button="Approve" deciding={deciding} onCancel={onCancel} />
    </Frame>
  );
}

interface WordsFormProps extends FormProps {
  readonly escalation: Escalation;
  readonly form: 'retry' | 'reject';
  readonly label: string;
  readonly button: string;
  readonly look?: string;
  readonly isRequired?: boolean;
  readonly onSend: (words: string, takeOver: boolean) => Promise<void>;
}

function WordsForm(props: WordsFormProps) {
  const { escalation, form, label, button, look, isRequired = false, deciding, onCancel, onSend } = props;
  const draft = useDraft(escalation, form, '');
  const words = draft.value;
  const id = useId();
  return (
    <Frame onCancel={onCancel} onSend={(takeOver) => onSend(words, takeOver)}>
      <RestoredDraft draft={draft} />
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <textarea
        id={id}
        className="textarea field-sizing-content max-h-40 min-h-16 w-full"
        value={words}
        maxLength={5000}
        onChange={(event) => draft.change(event.currentTarget.value)}
        required={isRequired}
      />
      <Actions button={button} look={look} deciding={deciding} onCancel={onCancel} />
    </Frame>
  );
}

interface FrameProps {
  readonly onSend: (takeOver: boolean) => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A form that has the focus when it comes; Escape leaves it. */
function Frame({ onSend, onCancel, children }: FrameProps) {
  function send(event: FormEvent): void {
    event.preventDefault();
    void onSend(isTakenOver(event));
  }
  return (
    <form
      ref={focusFirst}
      className="flex flex-col gap-2"
      onSubmit={send}
      // The second click of two decides nothing: it was meant for the button that stood here before.
      onClickCapture={(event) => event.detail > 1 && event.preventDefault()}
      onKeyDown={formKeys(onCancel)}
    >
      {children}
    </form>
  );
}
