'use client';

import type { Escalation } from 'ai-staged-retry';
import dynamic from 'next/dynamic';
import type { Deciding } from './use-deciding.ts';

interface EditPanelProps {
  readonly escalation: Escalation;
  readonly deciding: Deciding;
  readonly onCancel: () => void;
}

/** The schema's code comes when somebody edits. */
const EditForm = dynamic(() => import('./edit-form.tsx').then((module) => module.EditForm), {
  ssr: false,
  loading: () => <p className="panel p-4">Loading the form…</p>,
});

export function EditPanel(props: EditPanelProps) {
  return <EditForm {...props} />;
}
