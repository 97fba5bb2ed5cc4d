import { modelAnswer, toCandidate } from '../answers/candidate.ts';
import { rounded } from '../context/bill.ts';
import { emit } from '../context/emit.ts';
import { type Run, type RunStart, startRun } from '../context/run.ts';
import { addRunUsage, budgetReached } from '../context/spent.ts';
import { within } from '../context/within.ts';
import { deferred } from '../effects/deferred.ts';
import { isoTime } from '../effects/iso-time.ts';
import type { GenerateResult, StreamPart, StreamResult } from '../model/language-model.ts';
import { decide } from '../policy/decide.ts';
import { plainCall } from '../policy/rung.ts';
import { assembler } from '../stream/assemble.ts';
import type { Attempt } from '../trace/history.ts';
import { knownPrice, usdOf } from '../trace/price.ts';
import { evaluate } from './evaluate.ts';
import type { Outcome } from './outcome.ts';
import { metadataWith } from './report.ts';

type ObservedCall = Omit<RunStart, 'type' | 'abortSignal' | 'live' | 'onOpen' | 'onStart'>;

/**
 * The bare model's answer, as it is, judged and reported: nothing is asked again, cached, limited or retried, and no person
 * is asked. Rejects as the model does.
 */
export function observeGenerate(call: ObservedCall): Promise<GenerateResult> {
  const run = startRun({ ...call, type: 'generate' });
  return within(run, { type: 'run' }, async () => {
    begin(run);
    try {
      const result = await run.model.doGenerate(run.params);
      return { ...result, providerMetadata: metadataWith(run, await judged(run, result)) };
    } catch (error) {
      fail(run, error);
      throw error;
    }
  });
}

/** The bare model's stream: each part goes on as it comes, and the last one when the answer is judged. */
export async function observeStream(call: ObservedCall): Promise<StreamResult> {
  const run = startRun({ ...call, type: 'stream' });
  const opened = deferred<StreamResult>();
  const observing = within(run, { type: 'run' }, async () => {
    begin(run);
    const over = deferred<void>();
    try {
      const result = await run.model.doStream(run.params);
      opened.resolve({ ...result, stream: observed(run, result.stream, over) });
    } catch (error) {
      fail(run, error);
      throw error;
    }
    await over.promise;
  });
  observing.catch(opened.reject);
  return await opened.promise;
}

function observed(run: Run, stream: ReadableStream<StreamPart>, over: { resolve(): void }): ReadableStream<StreamPart> {
  const reader = stream.getReader();
  const assembled = assembler();
  let isOver = false;
  const end = (error: unknown) => {
    if (!isOver) fail(run, error);
    isOver = true;
    over.resolve();
  };
  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value: part } = await reader.read();
          if (done) {
            end(new Error('The stream ended without a finish.'));
            controller.close();
            return;
          }
          assembled.push(part);
          if (part.type === 'error') end(part.error);
          if (part.type !== 'finish' || isOver) {
            controller.enqueue(part);
            return;
          }
          const outcome = await judged(run, assembled.result());
          isOver = true;
          over.resolve();
          controller.enqueue({ ...part, providerMetadata: metadataWith(run, outcome) });
        } catch (error) {
          end(error);
          throw error;
        }
      },
      cancel(reason) {
        end(reason);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Where the run would have begun. */
function firstStage({ settings: { ladder } }: Run): string {
  const move = decide({ ladder, history: [] });
  return move.type === 'attempt' ? (ladder[move.rung]?.name ?? plainCall) : plainCall;
}

function begin(run: Run): void {
  emit(run, 'run-start', { provider: run.model.provider, model: run.model.modelId, type: run.type });
  emit(run, 'attempt-start', { attempt: 1, stage: firstStage(run) });
}

/** What would have come of the answer. Never rejects: the answer goes out whatever the checks do. */
async function judged(run: Run, result: GenerateResult): Promise<Outcome> {
  charge(run, result);
  const proposal = modelAnswer(result);
  const stage = firstStage(run);
  try {
    const place = { history: [], number: 1, stage };
    const part = { type: 'attempt', attempt: 1, stage } as const;
    const { candidate, ...judgement } = await within(run, part, () => evaluate(run, proposal, place));
    const attempt: Attempt = {
      type: 'attempt',
      number: 1,
      stage,
      model: result.response?.modelId ?? run.model.modelId,
      text: proposal.text,
      ...judgement,
      ...(candidate.fixes.length === 0 ? {} : { fixes: candidate.fixes }),
      usage: result.usage,
      ...(run.settings.price === undefined ? {} : { usd: run.state.bill.usd }),
      startedAt: isoTime(run.startedAt),
      durationMs: run.settings.effects.now() - run.startedAt,
    };
    emit(run, 'attempt-end', { attempt });
    const type = attempt.verdict.type === 'pass' ? 'accepted' : 'not-accepted';
    return end(run, { type, candidate, attempt, history: [attempt], observed: nextAfter(run, attempt) });
  } catch (error) {
    emit(run, 'attempt-failed', { attempt: 1, stage, reason: 'error' });
    const candidate = toCandidate(proposal, { needsJson: false });
    return end(run, { type: 'failed', candidate, attempt: undefined, history: [], observed: {} }, error);
  }
}

/** The stage that the run would have gone on with. */
function nextAfter(run: Run, attempt: Attempt): NonNullable<Outcome['observed']> {
  const { ladder, convergence } = run.settings;
  const history = [attempt];
  const move = decide({ ladder, history, reachedLimit: budgetReached(run, history), convergence });
  const next = move.type === 'attempt' || move.type === 'ask' ? ladder[move.rung] : undefined;
  return next === undefined ? {} : { nextStage: next.name };
}

function charge(run: Run, { usage }: GenerateResult): void {
  addRunUsage(run, usage);
  const { price } = run.settings;
  if (price === undefined) return;
  const { provider, modelId: model } = run.model;
  const known = knownPrice(price, { provider, model });
  const { bill } = run.state;
  if (known === undefined) bill.unpriced.add(model);
  else bill.usd = rounded(bill.usd + usdOf(usage, known));
}

function end(run: Run, outcome: Outcome, error?: unknown): Outcome {
  const { type, attempt, observed } = outcome;
  emit(run, 'run-end', {
    outcome: type,
    attempts: 1,
    ...(attempt === undefined ? {} : { stage: attempt.stage }),
    ...(observed === undefined ? {} : { observed }),
    durationMs: run.settings.effects.now() - run.startedAt,
    ...(run.settings.price === undefined ? {} : { usd: run.state.bill.usd }),
    ...(error === undefined ? {} : { error }),
  });
  return outcome;
}

/** The model itself failed, or the caller left. */
function fail(run: Run, error: unknown): void {
  emit(run, 'attempt-failed', { attempt: 1, stage: firstStage(run), reason: 'error' });
  emit(run, 'run-end', {
    outcome: run.abortSignal?.aborted === true ? 'aborted' : 'failed',
    attempts: 0,
    observed: {},
    durationMs: run.settings.effects.now() - run.startedAt,
    error,
  });
}
