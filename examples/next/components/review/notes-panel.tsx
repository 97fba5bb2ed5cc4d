'use client';

import type { Escalation } from 'ai-staged-retry';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { inbox } from '../inbox/inbox-client.ts';
import { cancelKey } from '../inbox/use-keys.ts';
import { Problem } from '../problem.tsx';
import { Age } from '../time.tsx';
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

  /** Enter alone sends it, too. Out of the field, single keys do something again. */
  function leaveOrSend({ key, ctrlKey, metaKey, currentTarget }: KeyboardEvent<HTMLInputElement>): void {
    if (key === cancelKey) currentTarget.blur();
    if (key === 'Enter' && (ctrlKey || metaKey) && !isSending) currentTarget.form?.requestSubmit();
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
      <form onSubmit={send} className="flex gap-2">
        <input
          aria-label="A note"
          placeholder="Write a note"
          className="input input-sm grow"
          value={text}
          maxLength={10_000}
          onChange={(event) => draft.change(event.currentTarget.value)}
          onKeyDown={leaveOrSend}
          required
        />
        <button type="submit" className="btn btn-sm" disabled={isSending}>
          Add
        </button>
      </form>
    </section>
  );
}
