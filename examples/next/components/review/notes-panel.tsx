'use client';

import type { Escalation } from 'ai-staged-retry';
import { type FormEvent, useState } from 'react';
import { inbox } from '../inbox/inbox-client.ts';
import { Problem } from '../problem.tsx';
import { Age } from '../time.tsx';
import { formKeys } from './form-keys.ts';
import { useDraft } from './use-draft.ts';

interface NotesPanelProps {
  readonly escalation: Escalation;
  readonly onChange: (latest: Escalation) => void;
}

/** What people tell each other about it. */
export function NotesPanel({ escalation, onChange }: NotesPanelProps) {
  const { id, notes = [] } = escalation;
  const draft = useDraft(escalation, 'note', '');
  const text = draft.value;
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSending(true);
    setError(undefined);
    try {
      onChange((await inbox.note(id, { text })).escalation);
      draft.discard();
    } catch (problem) {
      setError(problem);
    } finally {
      setSending(false);
    }
  }

  return (
    <section className="panel flex flex-col gap-3 p-3" aria-labelledby="notes">
      <h2 id="notes">Notes for the team</h2>
      {notes.map(({ by, at, text }) => (
        <div key={`${at} ${by}`} className="text-sm">
          <p className="text-muted text-xs">
            <span className="text-base-content font-semibold">{by}</span> · <Age time={at} />
          </p>
          <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>
        </div>
      ))}
      {error !== undefined && <Problem error={error} />}
      <form onSubmit={send} onKeyDown={formKeys(leaveField)} className="flex gap-2">
        <input
          aria-label="A note"
          placeholder="Write a note"
          className="input input-sm grow"
          value={text}
          maxLength={10_000}
          onChange={(event) => draft.change(event.currentTarget.value)}
          required
        />
        <button type="submit" className="btn btn-sm" disabled={isSending}>
          Add
        </button>
      </form>
    </section>
  );
}

/** Single keys do something again. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
