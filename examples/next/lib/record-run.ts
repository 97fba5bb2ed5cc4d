import type { InferUIMessageChunk } from 'ai';
import type { StagedRetryEventName, StagedRetryEvents } from 'ai-staged-retry';
import { events } from './invoice-model.ts';
import { readRun, writeRun } from './run-log.ts';
import {
  type AttemptView,
  attemptView,
  type EscalationView,
  escalationView,
  type RunMessage,
  type RunRecord,
} from './run-record.ts';

type Part = InferUIMessageChunk<RunMessage>;

interface Recording {
  /** Writes the end of the run, with what went wrong. */
  end(message: string | undefined): void;
  /** Stops listening, and returns when everything is stored. */
  close(): Promise<void>;
}

/** Turns the events of one run into parts of its stream and into the record of the run, going on with an earlier one. */
export async function recordRun(runId: string, write: (part: Part) => void): Promise<Recording> {
  const runtime = process.env.NEXT_RUNTIME === 'edge' ? 'edge' : 'nodejs';
  const earlier = await readRun(runId).catch(() => undefined);
  let record: RunRecord = {
    startedAt: new Date().toISOString(),
    attempts: [],
    ...earlier,
    runId,
    runtime,
    outcome: 'running',
  };
  let stored = Promise.resolve();
  const stops: (() => void)[] = [];

  function save(): void {
    const latest = record;
    stored = stored.then(() => writeRun(latest)).catch((error) => console.error(error));
  }

  function showAttempt(attempt: AttemptView): void {
    write({ type: 'data-attempt', id: `attempt-${attempt.number}`, data: attempt });
  }

  function showEscalation(escalation: EscalationView): void {
    record = { ...record, escalation };
    write({ type: 'data-escalation', id: escalation.id, data: escalation });
  }

  function on<NAME extends StagedRetryEventName>(name: NAME, listener: (event: StagedRetryEvents[NAME]) => void): void {
    const mine = (event: StagedRetryEvents[NAME]) => {
      if (event.runId === runId) listener(event);
    };
    // Cast: an emitter's listener type is a union over all names, which one name cannot be narrowed to.
    events.on(name, mine as never);
    stops.push(() => events.off(name, mine as never));
  }

  write({ type: 'data-run', id: 'run', data: { runtime } });
  for (const attempt of record.attempts) showAttempt(attempt);
  if (record.escalation !== undefined) showEscalation(record.escalation);

  on('delivery-start', ({ delivery, heldBy }) =>
    write({ type: 'data-run', id: 'run', data: { runtime, delivery, heldBy } }),
  );
  on('attempt-start', ({ attempt: number, stage }) =>
    showAttempt({
      number,
      stage,
      state: 'running',
      issues: [],
      isCutShort: false,
      startedAt: new Date().toISOString(),
      durationMs: 0,
    }),
  );
  on('attempt-end', ({ attempt }) => {
    const view = attemptView(attempt);
    record = { ...record, attempts: [...record.attempts.filter(({ number }) => number !== view.number), view] };
    showAttempt(view);
    save();
  });
  on('tool-call', (call) => {
    const { attempt, toolCallId, toolName: name, input } = call;
    const output = 'output' in call ? call.output : String(call.error);
    write({ type: 'data-tool', id: toolCallId, data: { attempt, name, input, output } });
  });
  on('escalation-request', ({ escalation }) => {
    showEscalation(escalationView(escalation));
    save();
  });
  on('escalation-response', ({ escalation }) => {
    showEscalation(escalationView(escalation));
    save();
  });
  on('run-end', ({ outcome }) => {
    record = { ...record, outcome };
    save();
  });

  return {
    end: (message) => write({ type: 'data-end', id: 'end', data: { outcome: record.outcome, message } }),
    async close() {
      for (const stop of stops) stop();
      await stored;
    },
  };
}
