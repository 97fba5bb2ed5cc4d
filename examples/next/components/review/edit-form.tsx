'use client';

import type { Escalation } from 'ai-staged-retry';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { Invoice } from '../../../practice-server/invoice-schema.ts';
import { keyOf, valueIn } from '../../lib/fields.ts';
import { CheckedInvoice } from '../../lib/invoice-rules.ts';
import type { Path } from '../../lib/labels.ts';
import { Problem } from '../problem.tsx';
import { Actions, focusFirst, isTakenOver } from './form-actions.tsx';
import { formKeys } from './form-keys.ts';
import { RestoredDraft } from './restored-draft.tsx';
import type { FieldSchema } from './schema-field.tsx';
import { SchemaFields } from './schema-fields.tsx';
import type { Deciding } from './use-deciding.ts';
import { useDraft } from './use-draft.ts';

// Cast: what `toJSONSchema` writes for the schemas that `SchemaFields` knows.
const schema = z.toJSONSchema(Invoice) as FieldSchema;

interface EditFormProps {
  readonly escalation: Escalation;
  readonly deciding: Deciding;
  readonly onCancel: () => void;
}

/** A form made from the schema of the answer, judged at every key by the schema and the rules. */
export function EditForm({ escalation, deciding, onCancel }: EditFormProps) {
  const draft = useDraft<unknown>(escalation, 'edit', valueIn(escalation.proposal) ?? {});
  const { value } = draft;
  const [isForced, setForced] = useState(false);
  const issues = CheckedInvoice.safeParse(value).error?.issues ?? [];
  const isInvoice = Invoice.safeParse(value).success;
  const mayForce = isInvoice && (issues.length > 0 || isForced);

  function errorAt(path: Path): string | undefined {
    return issues.find((issue) => keyOf(issue.path as Path) === keyOf(path))?.message;
  }

  function send(event: FormEvent): void {
    event.preventDefault();
    const edit = { type: 'edit', text: JSON.stringify(value), ...(isForced ? { force: true } : {}) } as const;
    void deciding.decide(edit, isTakenOver(event));
  }

  return (
    <form
      ref={begin}
      className="panel min-w-0 scroll-mt-16"
      aria-label="Edit the answer"
      onSubmit={send}
      onKeyDown={formKeys(onCancel)}
    >
      <div className="flex flex-col gap-3 p-3">
        <h2>Edit the answer</h2>
        <RestoredDraft draft={draft} />
        <SchemaFields schema={schema} value={value} path={[]} errorAt={errorAt} onChange={draft.change} />
      </div>
      <div className="border-base-300 bg-base-100 rounded-b-box sticky bottom-0 z-10 flex flex-col gap-2 border-t p-3">
        {deciding.error !== undefined && <Problem error={deciding.error} />}
        <p role="status" className={`text-sm max-sm:truncate ${issues.length === 0 ? 'text-success' : 'text-error'}`}>
          {issues.length === 0 ? 'All checks pass.' : `✗ ${issues[0]?.message}`}
        </p>
        {mayForce && (
          <label className="flex cursor-pointer items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="checkbox checkbox-primary checkbox-sm"
              checked={isForced}
              onChange={(event) => setForced(event.currentTarget.checked)}
            />
            Use it despite a failed check
          </label>
        )}
        <Actions
          button="Send the corrected answer"
          isDisabled={!isInvoice || (issues.length > 0 && !isForced)}
          deciding={deciding}
          onCancel={onCancel}
        />
      </div>
    </form>
  );
}

/** Below the source on a phone: the form comes into view with its first field. */
function begin(form: HTMLFormElement | null): void {
  focusFirst(form);
  if (matchMedia('(width < 64rem)').matches) form?.scrollIntoView({ block: 'start' });
}
