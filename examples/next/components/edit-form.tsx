'use client';

import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { Invoice } from '../../practice-server/invoice-schema.ts';
import { valueIn } from '../lib/fields.ts';
import { CheckedInvoice } from '../lib/invoice-rules.ts';
import { type Decide, DecisionForm } from './decision-form.tsx';
import { type FieldPath, type FieldSchema, SchemaFields } from './schema-fields.tsx';

// Cast: what `toJSONSchema` writes for the schemas that `SchemaFields` knows.
const schema = z.toJSONSchema(Invoice) as FieldSchema;

/** A form made from the schema of the answer, judged at every key by the schema and the rules. */
export function EditForm({ proposal, decide }: { readonly proposal: string; readonly decide: Decide }) {
  const [value, setValue] = useState<unknown>(() => valueIn(proposal) ?? {});
  const [isForced, setForced] = useState(false);
  const issues = CheckedInvoice.safeParse(value).error?.issues ?? [];
  const isInvoice = Invoice.safeParse(value).success;

  function errorAt(path: FieldPath): string | undefined {
    return issues.find((issue) => JSON.stringify(issue.path) === JSON.stringify(path))?.message;
  }

  return (
    <DecisionForm
      button="Send the edited answer"
      isDisabled={!isInvoice || (issues.length > 0 && !isForced)}
      onSend={() => decide({ type: 'edit', text: JSON.stringify(value), ...(isForced ? { force: true } : {}) })}
    >
      <SchemaFields schema={schema} value={value} path={[]} label="Invoice" errorAt={errorAt} onChange={setValue} />
      {isInvoice && (issues.length > 0 || isForced) && (
        <Checkbox
          label="Let it stand, whatever the checks say"
          checked={isForced}
          onChange={(event) => setForced(event.currentTarget.checked)}
        />
      )}
    </DecisionForm>
  );
}
