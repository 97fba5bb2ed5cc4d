import type { Candidate } from '../answers/candidate.ts';
import { emit } from '../context/emit.ts';
import { passesStreams, type Relay, type Run, type RunStart, startRun, usesCache } from '../context/run.ts';
import { chooseDelivery } from '../delivery/choose-delivery.ts';
import { type PartOutlet, partOutlet } from '../delivery/part-outlet.ts';
import { rejectRepeated, rememberEmitted } from '../delivery/stream-retries.ts';
import { deferred } from '../effects/deferred.ts';
import { linkedController } from '../effects/linked-controller.ts';
import { ProviderFailedError } from '../errors/provider-failed-error.ts';
import type { StreamResult } from '../model/language-model.ts';
import { liveDelivery } from '../stream/live/live-delivery.ts';
import { partsOf } from '../stream/replay.ts';
import { conduct } from './conduct.ts';
import { pending } from './ends/give-up.ts';
import type { Outcome } from './ends/outcome.ts';
import { metadataWith, usageOf } from './report/report.ts';

/**
 * A run as a stream. It resolves as soon as the first provider call does, and rejects as long as none has; what goes
 * wrong later is an `error` part and a `finish`. Attempts are held inside the stream until one is accepted, or released
 * while they are judged.
 */
export async function deliverStream(start: Omit<RunStart, 'type' | 'abortSignal'>): Promise<StreamResult> {
  const { params, plan, settings } = start;
  const repeated = rejectRepeated(start);
  if (repeated !== undefined) return repeated;
  const lifetime = linkedController(params.abortSignal);
  const failure: EmittedFailure = {};
  const outlet = partOutlet((reason) => {
    failure.cancelClosing?.();
    if ('error' in failure && reason === failure.error) rememberEmitted(run, reason, isBrokenOff(run, reason));
    lifetime.controller.abort(reason);
  });
  const delivery = chooseDelivery(plan, params, settings);
  const opened = deferred<Omit<StreamResult, 'stream'> & Partial<StreamResult>>();
  let hasStarted = false;
  let isOpen = false;
  const relay: Relay | undefined = passesStreams(start) ? { ...outlet, finish: undefined } : undefined;
  // Calls that wait for this answer do not wait for its reader.
  const ready = usesCache(start) && settings.cache?.isShared === true ? () => undefined : outlet.ready;
  const run = startRun({
    ...start,
    type: 'stream',
    abortSignal: lifetime.controller.signal,
    relay,
    live: delivery.type === 'live' ? liveDelivery(delivery.format, { ...outlet, ready }) : undefined,
    onOpen: opened.resolve,
    onStart(warnings) {
      if (hasStarted) return;
      hasStarted = true;
      outlet.send({ type: 'stream-start', warnings });
    },
  });
  const outcome = conduct(run, () => announce(run, delivery)).finally(lifetime.unlink);
  const delivered = outcome
    .then((accepted) => {
      isOpen = true;
      opened.resolve({});
      // If no model was called, a person has answered.
      if (relay === undefined || !run.state.hasHeard) deliverOutcome(run, accepted, outlet);
      else finishRelay(relay, { usage: usageOf(run, accepted), providerMetadata: metadataWith(run, accepted) });
    })
    .catch((error: unknown) => {
      opened.reject(error);
      if (relay !== undefined) finishRelay(relay);
      else if (isOpen || run.state.hasHeard)
        deliverError(run, error, { outlet, failure, signal: lifetime.controller.signal });
    });
  const { stream: _, ...first } = await opened.promise;
  void delivered;
  return { ...first, stream: outlet.stream };
}

/** Ends a stream that was passed through. Later failures do not change it. */
function finishRelay(relay: Relay, report: Partial<NonNullable<Relay['finish']>> = {}): void {
  if (relay.finish === undefined) return;
  relay.send({ ...relay.finish, ...report });
  relay.close();
}

function announce(run: Run, delivery: ReturnType<typeof chooseDelivery>): void {
  if (run.relay !== undefined) return;
  const heldBy = delivery.type === 'buffer' ? delivery.heldBy : [];
  emit(run, 'delivery-start', { delivery: delivery.type, heldBy });
}

/** @throws EscalationPendingError if the released text prevents an interim answer from being delivered. */
function deliverOutcome(run: Run, outcome: Outcome, outlet: PartOutlet): void {
  const { result, answer, original } = outcome.candidate;
  const text = outcome.type === 'unchanged' ? original.text : answer.text;
  refuseInterim(run, outcome, text);
  run.onStart?.(result.warnings);
  deliverAnswer(run, outcome.candidate, { text, outlet });
  outlet.send({
    type: 'finish',
    usage: usageOf(run, outcome),
    finishReason: result.finishReason,
    providerMetadata: metadataWith(run, outcome),
  });
  outlet.close();
}

/** Sends what a reader does not have yet of an answer. */
function deliverAnswer(
  { live, settings }: Run,
  { result, parts, taken }: Candidate,
  { text, outlet }: { readonly text: string; readonly outlet: PartOutlet },
): void {
  const all = parts ?? [...partsOf(result, settings.effects.createId)];
  if (live === undefined) for (const part of all) outlet.send(part);
  else live.deliver({ text, parts: all, taken });
}

/** An interim answer cannot stand after text that the reader has already. */
function refuseInterim(run: Run, { history, waitsFor }: Outcome, text: string): void {
  if (waitsFor === undefined || run.live?.text.disagreement(text) === undefined) return;
  throw pending(run, { escalation: waitsFor, history });
}

/** The error that a stream ended with, to recognise it, and the timer that closes the stream. */
interface EmittedFailure {
  error?: unknown;
  cancelClosing?: () => void;
}

/**
 * How long a stream that failed stays open after its last part, in milliseconds: a closed one could not be cancelled any
 * more, and that is how the SDK tells that it is about to begin again.
 */
const closingDelayMs = 100;

interface FailedDelivery {
  readonly outlet: PartOutlet;
  readonly failure: EmittedFailure;
  readonly signal: AbortSignal;
}

function deliverError(run: Run, error: unknown, { outlet, failure, signal }: FailedDelivery): void {
  if (signal.aborted) {
    outlet.fail(signal.reason);
    return;
  }
  failure.error = error;
  run.onStart?.([]);
  const { held } = run.state;
  if (held !== undefined) deliverAnswer(run, held, { text: held.original.text, outlet });
  run.live?.end();
  outlet.send({ type: 'error', error });
  outlet.send({ type: 'finish', usage: run.state.usage, finishReason: { unified: 'error', raw: undefined } });
  // What broke off must not look like a whole answer, not even an empty one: the stream does, as the provider's own did.
  const end = isBrokenOff(run, error) ? () => outlet.failWhenRead(error) : outlet.close;
  failure.cancelClosing = run.settings.effects.after(closingDelayMs, end);
}

function isBrokenOff({ state }: Run, error: unknown): boolean {
  return state.brokeOff && ProviderFailedError.isInstance(error);
}
