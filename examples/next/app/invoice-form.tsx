'use client';

import { experimental_useObject as useObject } from '@ai-sdk/react';
import { type FormEvent, useState } from 'react';
import { Invoice } from '../../practice-server/invoice-schema.ts';

interface Sample {
  readonly number: string;
  readonly mail: string;
}

export function InvoiceForm({ samples }: { readonly samples: readonly Sample[] }) {
  const [mail, setMail] = useState(samples[0]?.mail ?? '');
  const [isFailed, setFailed] = useState(false);
  const { object, submit, isLoading, stop } = useObject({
    api: '/api/invoice',
    schema: Invoice,
    // A text stream that fails just ends, so an object that is none is all there is to see.
    onFinish: ({ object }) => setFailed(object === undefined),
    onError: () => setFailed(true),
  });

  function send(event: FormEvent) {
    event.preventDefault();
    setFailed(false);
    submit(mail);
  }

  return (
    <form onSubmit={send}>
      <p>
        {samples.map(({ number, mail }) => (
          <button key={number} type="button" onClick={() => setMail(mail)}>
            {number}
          </button>
        ))}
      </p>
      <label htmlFor="mail">The mail</label>
      <textarea id="mail" rows={14} value={mail} onChange={(event) => setMail(event.target.value)} required />
      <p>
        <button type="submit" disabled={isLoading}>
          Extract
        </button>
        {isLoading && (
          <button type="button" onClick={stop}>
            Stop
          </button>
        )}
      </p>
      <output aria-live="polite">
        {isLoading && object === undefined && <p>Checking…</p>}
        {isFailed && <p>No answer passed the checks.</p>}
        {object !== undefined && <pre>{JSON.stringify(object, null, 2)}</pre>}
      </output>
    </form>
  );
}
