import type { InferUIMessageChunk } from 'ai';
import { createEmitter, type Escalation } from 'ai-staged-retry';
import { lastWords, type SentPrompt } from './prompt-log.ts';
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
  /** Takes the events of the run. */
  readonly events: ReturnType<typeof createEmitter>;
  /** Takes what the model is sent: the feedback of an attempt is in its first prompt. */
  promptSent(prompt: SentPrompt): void;
  /** Returns when the run is over and everything is stored; a run that is stopped ends a little after its stream. */
  close(): Promise<void>;
  /** Writes the end of the run, with what went wrong. */
  end(message: string | undefined): void;
}

interface RecordingOptions extends Pick<RunRecord, 'runId' | 'resumeKey' | 'title'> {
  readonly write: (part: Part) => void;
}

/** Turns the events of one run into parts of its stream and into the record of the run, going on with an earlier one. */
export async function recordRun({ write, ...identity }: RecordingOptions): Promise<Recording> {
  const runtime = process.env.NEXT_RUNTIME === 'edge' ? 'edge' : 'nodejs';
  const earlier = await earlierOf(identity).catch(() => undefined);
  let record: RunRecord = {
    startedAt: now(),
    attempts: [],
    tools: [],
    ...earlier,
    ...identity,
    runtime,
    outcome: 'running',
  };
  let current: { readonly number: number; readonly feedback?: string } | undefined;
  let over = Promise.resolve();
  let stored = Promise.resolve();
  const events = createEmitter();

  function save(change: Partial<RunRecord>): void {
    const latest = { ...record, ...change };
    record = latest;
    stored = stored.then(() => writeRun(latest)).catch((error) => console.error(error));
  }

  function showAttempt(attempt: AttemptView): void {
    write({ type: 'data-attempt', id: `attempt-${attempt.number}`, data: attempt });
  }

  function showEscalation(escalation: EscalationView): void {
    write({ type: 'data-escalation', id: escalation.id, data: escalation });
  }

  function ask(escalation: Escalation): void {
    const view = escalationView(escalation);
    showEscalation(view);
    save({ escalation: view });
  }

  /** Another run of the same mail asked; its attempts are what the person sees. */
  function askedBefore(escalation: Escalation): void {
    const missing = record.attempts.length === 0 ? madeBy(identity, escalation.attempts.map(attemptView)) : [];
    for (const attempt of missing) showAttempt(attempt);
    save({ attempts: [...record.attempts, ...missing] });
    ask(escalation);
  }

  write({ type: 'data-run', id: 'run', data: { runtime } });
  for (const attempt of record.attempts) showAttempt(attempt);
  for (const tool of record.tools) write({ type: 'data-tool', id: tool.id, data: tool });
  if (record.escalation !== undefined) showEscalation(record.escalation);
  save({});

  events.on('run-start', () => {
    over = new Promise((resolve) => events.once('run-end', () => resolve()));
  });
  events.on('delivery-start', ({ delivery, heldBy }) =>
    write({ type: 'data-run', id: 'run', data: { runtime, delivery, heldBy } }),
  );
  events.on('attempt-start', ({ attempt: number, stage }) => {
    current = { number };
    showAttempt({ number, stage, state: 'running', issues: [], isCutShort: false, startedAt: now(), durationMs: 0 });
  });
  events.on('attempt-end', ({ attempt }) => {
    const feedback = current?.number === attempt.number ? current.feedback : undefined;
    const view = { ...attemptView(attempt), ...(feedback === undefined ? {} : { feedback }) };
    showAttempt(view);
    save({ attempts: [...record.attempts.filter(({ number }) => number !== view.number), view] });
  });
  events.on('tool-call', (call) => {
    const { attempt, toolCallId: id, toolName: name, input, durationMs } = call;
    const output = 'output' in call ? call.output : String(call.error);
    const startedAt = new Date(Date.now() - durationMs).toISOString();
    const tool = { id, attempt, name, input, output, startedAt, durationMs };
    write({ type: 'data-tool', id, data: tool });
    save({ tools: [...record.tools, tool] });
  });
  events.on('escalation-request', ({ escalation }) => ask(escalation));
  events.on('escalation-pending', ({ escalation }) => askedBefore(escalation));
  events.on('escalation-response', ({ escalation }) => ask(escalation));
  events.on('run-end', ({ outcome }) => save({ outcome, endedAt: now() }));

  return {
    events,
    promptSent(prompt) {
      if (current === undefined || current.number === 1 || current.feedback !== undefined) return;
      const feedback = lastWords(prompt);
      if (feedback !== undefined) current = { ...current, feedback };
    },
    async close() {
      await over;
      await stored;
    },
    end: (message) => write({ type: 'data-end', id: 'end', data: { outcome: record.outcome, message } }),
  };
}

/** What this run, or the one that asked for the same mail before, has come to. */
async function earlierOf({ runId, resumeKey }: Pick<RunRecord, 'runId' | 'resumeKey'>) {
  const own = await readRun(runId);
  if (own !== undefined || resumeKey === runId) return own;
  const first = await readRun(resumeKey);
  if (first?.escalation === undefined) return undefined;
  const { attempts, tools, escalation } = first;
  return { attempts: madeBy({ runId, resumeKey }, attempts), tools, escalation };
}

/** Attempts with the earlier run that made them, whose id is the key of all runs of a mail. */
function madeBy({ runId, resumeKey }: Pick<RunRecord, 'runId' | 'resumeKey'>, attempts: readonly AttemptView[]) {
  return resumeKey === runId ? attempts : attempts.map((attempt) => ({ ...attempt, earlierRun: resumeKey }));
}

function now(): string {
  return new Date().toISOString();
}
