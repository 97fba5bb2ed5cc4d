'use client';

import { type FormEvent, lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { type Job, keepJob, keptJob, type RunSettings } from './kept-job.ts';
import { Ladder } from './ladder.tsx';

/** The chat's code comes when a mail is sent. */
const LiveRun = lazy(() => import('./live-run.tsx').then((module) => ({ default: module.LiveRun })));

interface Sample {
  readonly number: string;
  readonly mail: string;
  /** What will come of it. */
  readonly story: string;
}

/** A mail on one side, what becomes of it on the other. */
export function Extraction({ samples }: { readonly samples: readonly Sample[] }) {
  const [job, setJob] = useState<Job>();
  const [isBusy, setBusy] = useState(false);
  const [mail, setMail] = useState(samples[0]?.mail ?? '');
  const [settings, setSettings] = useState<RunSettings>({ runtime: 'edge', judge: 'everything' });

  const begin = useCallback((next: Job) => {
    keepJob(next);
    setJob(next);
    setBusy(true);
  }, []);

  useEffect(() => {
    const kept = keptJob();
    if (kept === undefined) return;
    setMail(kept.mail);
    setSettings(kept.settings);
    begin(kept);
  }, [begin]);

  const end = useCallback((canGoOn: boolean) => {
    if (!canGoOn) keepJob(undefined);
    setBusy(false);
  }, []);

  function start(): void {
    begin({ id: crypto.randomUUID(), mail, settings });
  }

  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <MailForm
        samples={samples}
        mail={mail}
        onMail={setMail}
        settings={settings}
        onSettings={setSettings}
        isBusy={isBusy}
        onSend={start}
      />
      {job === undefined ? (
        <section className="panel h-fit p-4" aria-labelledby="ahead">
          <h2 id="ahead">What will happen</h2>
          <p className="text-muted mb-4 text-sm">
            Every answer is checked: the lines must add up to the total, and the vendor must be in the vendor book. An
            answer that fails moves on to the next step.
          </p>
          <Ladder />
        </section>
      ) : (
        <Suspense fallback={<p className="panel h-fit p-4">Sending the email…</p>}>
          <LiveRun key={job.id} job={job} onEnd={end} onRestart={() => begin({ ...job, id: crypto.randomUUID() })} />
        </Suspense>
      )}
    </div>
  );
}

interface MailFormProps {
  readonly samples: readonly Sample[];
  readonly mail: string;
  readonly onMail: (mail: string) => void;
  readonly settings: RunSettings;
  readonly onSettings: (settings: RunSettings) => void;
  readonly isBusy: boolean;
  readonly onSend: () => void;
}

function MailForm({ samples, mail, onMail, settings, onSettings, isBusy, onSend }: MailFormProps) {
  function send(event: FormEvent): void {
    event.preventDefault();
    if (!isBusy) onSend();
  }

  return (
    <form onSubmit={send} className="flex min-w-0 flex-col gap-4">
      <fieldset className="grid gap-2 sm:grid-cols-3">
        <legend className="text-muted mb-1 block text-sm">Try one of these, or write your own email below</legend>
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
          required
        />
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

interface ChoiceProps<VALUE extends string> {
  readonly legend: string;
  readonly name: string;
  readonly value: VALUE;
  readonly options: readonly { readonly value: VALUE; readonly label: string }[];
  readonly onChange: (value: VALUE) => void;
}

function Choice<VALUE extends string>({ legend, name, value, options, onChange }: ChoiceProps<VALUE>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="text-muted mb-1">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex cursor-pointer items-center gap-2">
          <input
            type="radio"
            className="radio radio-sm"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
