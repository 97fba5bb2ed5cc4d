import type { Escalation } from 'ai-staged-retry';
import { count } from '../../lib/count.ts';
import { clipped } from '../../lib/visible.ts';

/** What a colleague wrote last, where somebody decides; all notes stand at the end of the page. */
export function NewestNote({ notes }: { readonly notes: NonNullable<Escalation['notes']> }) {
  const newest = notes.at(-1);
  if (newest === undefined) return null;
  return (
    <section aria-label="The newest note" className="alert alert-warning alert-soft block text-left text-sm">
      <p className="wrap-anywhere whitespace-pre-wrap">
        <strong>{newest.by}:</strong> {clipped(newest.text, 500)}
      </p>
      {notes.length > 1 && <p className="text-xs">The newest of {count(notes.length, 'note')}.</p>}
    </section>
  );
}
