import { raced, timeoutError } from '../effects/waiting.ts';
import type { CallOptions, GenerateResult, LanguageModel, StreamPart, StreamResult } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { type Assembler, assembler } from '../stream/assemble.ts';
import { readStream } from '../stream/read-stream.ts';
import type { Issue } from '../trace/issue.ts';
import { noUsage } from '../trace/usage.ts';
import { modelAnswer } from './candidate.ts';
import { addRunUsage, type Run } from './run.ts';
import type { AnswerWatch } from './watch-answer.ts';

export interface ProviderRequest {
  readonly run: Run;
  readonly model: LanguageModel;
  readonly params: CallOptions;
  /** Judges a stream while it comes. */
  readonly watch: () => AnswerWatch | undefined;
}

/** Makes one provider call, generated or streamed as the run is, within the transport's `callMs`. */
export async function request(request: ProviderRequest): Promise<ModelAnswer> {
  const { run } = request;
  const { callMs } = run.settings.transport.timeout;
  if (callMs === undefined) return await send(request, run.abortSignal);
  const controller = new AbortController();
  const abort = () => controller.abort(run.abortSignal?.reason);
  run.abortSignal?.addEventListener('abort', abort, { once: true });
  const cancelTimer = run.settings.effects.after(callMs, () => {
    controller.abort(timeoutError(`No answer within ${callMs} ms.`));
  });
  try {
    return await send(request, controller.signal);
  } finally {
    cancelTimer();
    run.abortSignal?.removeEventListener('abort', abort);
  }
}

async function send(request: ProviderRequest, signal: AbortSignal | undefined): Promise<ModelAnswer> {
  const { run, params } = request;
  const own = signal === params.abortSignal ? request : { ...request, params: { ...params, abortSignal: signal } };
  return run.type === 'generate' ? await generate(own, signal) : await stream(own, signal);
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

async function openStream(
  model: LanguageModel,
  params: CallOptions,
  signal: AbortSignal | undefined,
): Promise<StreamResult> {
  const opening = Promise.resolve(model.doStream(params));
  try {
    return await raced(opening, { signal });
  } catch (error) {
    // A stream that opens after the run has left it must not stay open.
    opening.then(({ stream }) => stream.cancel(error)).catch(() => {});
    throw error;
  }
}

/** A stream that is over without saying so, or says that it broke off. */
class StreamBrokeOff extends Error {
  override readonly name = 'StreamBrokeOff';
}

async function stream(
  { run, model, params, watch }: ProviderRequest,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const opened = await openStream(model, params, signal);
  run.state.hasHeard = true;
  run.onOpen?.(opened);
  if (run.passesStreams) return modelAnswer(unread);
  const parts: StreamPart[] = [];
  const assembled = assembler();
  const watching = watch();
  const onPart = (part: StreamPart) => {
    if (part.type === 'error') throw part.error;
    assembled.push(part);
    run.onStart?.(part.type === 'stream-start' ? part.warnings : []);
    const isForwarded = run.live?.forward(part) === true;
    if (!isForwarded && part.type !== 'stream-start' && part.type !== 'finish') parts.push(part);
    const issues = watching?.push(part);
    if (issues !== undefined) throw new AbortedEarly(issues);
  };
  const { firstChunkMs, chunkMs } = run.settings.transport.timeout;
  try {
    await readStream(opened.stream, onPart, { signal, firstChunkMs, chunkMs, effects: run.settings.effects });
  } catch (error) {
    run.live?.endReasoning();
    if (!(error instanceof AbortedEarly)) throw error;
    return abortedAnswer(run, assembled, error.issues);
  }
  if (!assembled.hasFinished) throw new StreamBrokeOff('The stream ended without a finish.');
  const result = assembled.result();
  addRunUsage(run, result.usage);
  if (result.finishReason.unified === 'interrupted') throw new StreamBrokeOff('The stream was interrupted.');
  return modelAnswer(withHeaders(result, opened), parts);
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

/** About four characters a token: https://help.openai.com/en/articles/4936856 */
const charactersPerToken = 4;

/** What was there of an answer when it was aborted; its tokens are estimated, since nobody reports them. */
function abortedAnswer(run: Run, assembled: Assembler, issues: readonly Issue[]): ModelAnswer {
  const estimatedTokens = Math.ceil(assembled.characters / charactersPerToken);
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
