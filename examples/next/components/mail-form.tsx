'use client';

import type { FormEvent } from 'react';
import { Choice } from './choice.tsx';
import type { RunSettings } from './kept-job.ts';

export interface Sample {
  readonly number: string;
  readonly mail: string;
  /** What will come of it. */
  readonly story: string;
}

interface MailFormProps {
  readonly samples: readonly Sample[];
  /** The model knows the samples alone. */
  readonly isPractice: boolean;
  readonly mail: string;
  readonly onMail: (mail: string) => void;
  readonly settings: RunSettings;
  readonly onSettings: (settings: RunSettings) => void;
  readonly isBusy: boolean;
  readonly onSend: () => void;
}

/** The mail to read, and how it is read. */
export function MailForm({ samples, isPractice, mail, onMail, settings, onSettings, isBusy, onSend }: MailFormProps) {
  function send(event: FormEvent): void {
    event.preventDefault();
    if (!isBusy) onSend();
  }

  const isUnknown = isPractice && mail !== '' && !samples.some(({ number }) => mail.includes(number));

  return (
    <form onSubmit={send} className="flex min-w-0 flex-col gap-4">
      <fieldset className="grid gap-2 sm:grid-cols-3">
        <legend className="text-muted mb-1 block text-sm">
          {isPractice ? 'Choose one of these' : 'Try one of these, or write your own email below'}
        </legend>
        {samples.map((sample) => (
          <button
            key={sample.number}
            type="button"
            aria-pressed={mail === sample.mail}
            className={`panel hover:border-primary cursor-pointer p-3 text-left ${mail === sample.mail ? 'border-primary outline-primary outline-1' : ''}`}
            onClick={() => onMail(sample.mail)}
          >
            <span className="block text-sm font-semibold">{sample.number}</span>
            <span className="text-muted block text-xs">{sample.story}</span>
          </button>
        ))}
      </fieldset>
      <div>
        <label htmlFor="mail" className="text-muted mb-1 block text-sm">
          Email
        </label>
        <textarea
          id="mail"
          className="textarea verbatim field-sizing-content max-h-128 min-h-60 w-full"
          value={mail}
          onChange={(event) => onMail(event.currentTarget.value)}
          maxLength={20_000}
          spellCheck={false}
          aria-describedby={isUnknown ? 'unknown-mail' : undefined}
          required
        />
        <p id="unknown-mail" aria-live="polite" className="text-warning mt-1 text-sm empty:hidden">
          {isUnknown && 'The practice model does not know this email: the invoice will be made up.'}
        </p>
      </div>
      <button type="submit" className="btn btn-primary w-full sm:w-fit" disabled={isBusy}>
        {isBusy && <span className="loading loading-spinner loading-xs" />}
        Extract
      </button>
      <details className="text-sm">
        <summary className="text-muted w-fit cursor-pointer">Settings</summary>
        <div className="mt-3 flex flex-wrap gap-x-8 gap-y-3">
          <Choice
            legend="What is checked"
            name="judge"
            value={settings.judge}
            onChange={(judge) => onSettings({ ...settings, judge })}
            options={[
              { value: 'everything', label: 'Structure, sums and vendors' },
              { value: 'structure', label: 'Only the structure, live' },
            ]}
          />
          <Choice
            legend="Runtime"
            name="runtime"
            value={settings.runtime}
            onChange={(runtime) => onSettings({ ...settings, runtime })}
            options={[
              { value: 'edge', label: 'Edge' },
              { value: 'node', label: 'Node.js' },
            ]}
          />
        </div>
      </details>
    </form>
  );
}
