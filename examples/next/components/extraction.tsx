'use client';

import { Suspense, useCallback, useEffect, useState } from 'react';
import { type Job, keepJob, keptJob, type RunSettings } from './kept-job.ts';
import { Ladder } from './ladder.tsx';
import { MailForm, type Sample } from './mail-form.tsx';
import { part } from './part.ts';

/** The chat's code comes when a mail is sent. */
const LiveRun = part(() => import('./live-run.tsx').then(({ LiveRun }) => LiveRun));

interface ExtractionProps {
  readonly samples: readonly Sample[];
  /** The model knows the samples alone. */
  readonly isPractice: boolean;
}

/** A mail on one side, what becomes of it on the other. */
export function Extraction({ samples, isPractice }: ExtractionProps) {
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
        isPractice={isPractice}
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
