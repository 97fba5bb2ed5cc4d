'use client';

import type { Escalation } from 'ai-staged-retry';
import { useState } from 'react';
import { AnswerView } from '../answer-view.tsx';
import { useQueueContext } from '../inbox/queue-context.ts';
import { type DraftForm, draftAt, draftKey } from './drafts.ts';

const titles = {
  edit: 'Your edit, which was not sent',
  retry: 'Your advice, which was not sent',
  reject: 'Your reason, which was not sent',
} satisfies Partial<Record<DraftForm, string>>;

/** What somebody had begun when it was decided without them. */
export function UnsentDrafts({ escalation }: { readonly escalation: Escalation }) {
  return Object.entries(titles).map(([form, title]) => (
    <UnsentDraft key={form} escalation={escalation} form={form as keyof typeof titles} title={title} />
  ));
}

interface UnsentDraftProps {
  readonly escalation: Escalation;
  readonly form: DraftForm;
  readonly title: string;
}

function UnsentDraft({ escalation, form, title }: UnsentDraftProps) {
  const { name } = useQueueContext();
  const key = draftKey(escalation, name, form);
  const [value, setValue] = useState(() => draftAt(key));
  if (value === undefined) return null;

  function discard(): void {
    sessionStorage.removeItem(key);
    setValue(undefined);
  }

  return (
    <section className="panel min-w-0" aria-label={title}>
      <div className="flex items-center justify-between gap-2 p-3 pb-1">
        <h2>{title}</h2>
        <button type="button" className="btn btn-sm" onClick={discard}>
          Discard
        </button>
      </div>
      <AnswerView caption={title} value={value} />
    </section>
  );
}
