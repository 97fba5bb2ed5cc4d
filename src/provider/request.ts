import { modelAnswer } from '../answers/candidate.ts';
import type { Run } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import type { AnswerWatch } from '../delivery/watch-answer.ts';
import { raced, timeoutError } from '../effects/waiting.ts';
import type { CallOptions, GenerateResult, LanguageModel, StreamPart, StreamResult } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { type Assembler, assembler } from '../stream/assemble.ts';
import { readStream } from '../stream/read-stream.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import type { Issue } from '../trace/issue.ts';
import { noUsage } from '../trace/usage.ts';

export interface ProviderRequest {
  readonly run: Run;
  readonly model: LanguageModel;
  readonly params: CallOptions;
  /** Judges a stream while it comes. */
  readonly watch: () => AnswerWatch | undefined;
}

/** Makes one provider call, generated or streamed as the run is, within the transport's time limits. */
export function request(request: ProviderRequest): Promise<ModelAnswer> {
  const { run } = request;
  const { callMs, firstChunkMs } = run.settings.transport.timeout;
  const isUnlimited = callMs === undefined && firstChunkMs === undefined;
  // A stream that goes out unread needs the caller's own signal for as long as it lives.
  const isUnread = run.type === 'stream' && run.passesStreams;
  return isUnlimited || isUnread ? send(request, { signal: run.abortSignal }) : sendInTime(request, callMs);
}

async function sendInTime(request: ProviderRequest, callMs: number | undefined): Promise<ModelAnswer> {
  const { run } = request;
  const controller = new AbortController();
  const abort = () => controller.abort(run.abortSignal?.reason);
  if (run.abortSignal?.aborted === true) abort();
  run.abortSignal?.addEventListener('abort', abort, { once: true });
  const cancelTimer = abortAfter(callMs, controller, request);
  try {
    return await send(request, { signal: controller.signal, controller });
  } finally {
    cancelTimer();
    run.abortSignal?.removeEventListener('abort', abort);
  }
}

interface Lifetime {
  readonly signal: AbortSignal | undefined;
  /** Aborts the call where it is limited in time. */
  readonly controller?: AbortController;
}

/** Aborts after `ms`, unless cancelled by calling the result. */
function abortAfter(ms: number | undefined, controller: AbortController | undefined, { run }: ProviderRequest) {
  if (ms === undefined || controller === undefined) return () => {};
  return run.settings.effects.after(ms, () => controller.abort(timeoutError(`No answer within ${ms} ms.`)));
}

function send(request: ProviderRequest, lifetime: Lifetime): Promise<ModelAnswer> {
  const { run, params } = request;
  const { signal } = lifetime;
  const own = signal === params.abortSignal ? request : { ...request, params: { ...params, abortSignal: signal } };
  return run.type === 'generate' ? generate(own, signal) : stream(own, lifetime);
}

async function generate(
  { run, model, params }: ProviderRequest,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const result = await raced(model.doGenerate(params), { signal });
  run.state.hasHeard = true;
  addRunUsage(run, result.usage);
  return modelAnswer(result);
}

/** Where nothing is to be judged the stream goes out unread. */
const unread: GenerateResult = {
  content: [],
  finishReason: { unified: 'other', raw: undefined },
  usage: noUsage,
  warnings: [],
};

async function openStream(request: ProviderRequest, { signal, controller }: Lifetime): Promise<StreamResult> {
  const { run, model, params } = request;
  const { effects, transport } = run.settings;
  const cancelTimer = abortAfter(transport.timeout.firstChunkMs, controller, request);
  const timeoutMs = run.passesStreams ? (transport.timeout.callMs ?? transport.timeout.firstChunkMs) : undefined;
  const opening = Promise.resolve(model.doStream(params));
  try {
    return await raced(opening, { signal, timeoutMs, effects });
  } catch (error) {
    // A stream that opens after the run has left it must not stay open.
    opening.then(({ stream }) => stream.cancel(error)).catch(() => {});
    throw error;
  } finally {
    cancelTimer();
  }
}

/** A stream that is over without saying so, or says that it broke off. */
class StreamBrokeOff extends Error {
  override readonly name = 'StreamBrokeOff';
}

async function stream(request: ProviderRequest, lifetime: Lifetime): Promise<ModelAnswer> {
  const { run, watch } = request;
  const { effects, transport } = run.settings;
  const startedAt = effects.now();
  const opened = await openStream(request, lifetime);
  run.state.hasHeard = true;
  run.onOpen?.(opened);
  if (run.passesStreams) return modelAnswer(unread);
  const assembled = assembler();
  const parts: StreamPart[] = [];
  const taken = run.live?.beginAnswer() ?? parts;
  const watching = watch();
  const onPart = (part: StreamPart) => {
    if (part.type === 'error') throw part.error;
    assembled.push(part);
    run.onStart?.(part.type === 'stream-start' ? part.warnings : []);
    if (run.live !== undefined) run.live.take(part);
    else if (part.type !== 'stream-start' && part.type !== 'finish') parts.push(part);
    const issues = watching?.push(part);
    if (issues !== undefined) throw new AbortedEarly(issues);
    return run.live?.ready();
  };
  const { firstChunkMs, chunkMs } = transport.timeout;
  const leftMs = firstChunkMs === undefined ? undefined : Math.max(0, firstChunkMs - (effects.now() - startedAt));
  try {
    await readStream(opened.stream, onPart, { signal: lifetime.signal, firstChunkMs: leftMs, chunkMs, effects });
    if (!assembled.hasFinished) throw new StreamBrokeOff('The stream ended without a finish.');
  } catch (error) {
    run.live?.dropAnswer();
    if (!(error instanceof AbortedEarly)) throw error;
    return abortedAnswer(run, assembled, error.issues);
  }
  const result = assembled.result();
  addRunUsage(run, result.usage);
  if (result.finishReason.unified === 'interrupted') throw new StreamBrokeOff('The stream was interrupted.');
  return modelAnswer(withHeaders(result, opened), taken);
}

/** Nothing valid can come of the answer any more. */
class AbortedEarly extends Error {
  override readonly name = 'AbortedEarly';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super('The answer was aborted.');
    this.issues = issues;
  }
}

/** What was there of an answer when it was aborted; its tokens are estimated, since nobody reports them. */
function abortedAnswer(run: Run, assembled: Assembler, issues: readonly Issue[]): ModelAnswer {
  const estimatedTokens = estimateTokens(assembled.characters);
  run.state.estimatedTokens += estimatedTokens;
  return { ...modelAnswer(assembled.result()), aborted: { issues, estimatedTokens } };
}

function withHeaders(result: GenerateResult, { request, response }: StreamResult): GenerateResult {
  return {
    ...result,
    ...(response?.headers === undefined ? {} : { response: { ...result.response, headers: response.headers } }),
    ...(request === undefined ? {} : { request }),
  };
}
