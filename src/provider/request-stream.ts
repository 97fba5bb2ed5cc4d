import { modelAnswer } from '../answers/candidate.ts';
import type { Run } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import { inSlices } from '../delivery/in-slices.ts';
import { watchAnswer } from '../delivery/watch-answer.ts';
import { raced } from '../effects/waiting.ts';
import { withAuthor } from '../feedback/author-mark.ts';
import type { GenerateResult, StreamPart, StreamResult } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { type Assembler, assembler } from '../stream/assemble.ts';
import { partialValue } from '../stream/live/partial-value.ts';
import { readStream } from '../stream/read-stream.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import type { Issue } from '../trace/issue.ts';
import { abortAfter, type Lifetime, type ProviderRequest } from './provider-request.ts';
import { notePart } from './receipt.ts';
import { relayStream } from './relay-stream.ts';

async function openStream(request: ProviderRequest, { signal, controller }: Lifetime): Promise<StreamResult> {
  const { run, model, params } = request;
  const { effects, transport } = run.settings;
  const cancelTimer = abortAfter(transport.timeout.firstChunkMs, controller, request);
  const timeoutMs = run.relay !== undefined ? (transport.timeout.callMs ?? transport.timeout.firstChunkMs) : undefined;
  const opening = Promise.resolve(model.doStream(params));
  try {
    return await raced(opening, { signal, timeoutMs, effects });
  } catch (error) {
    // A stream that opens after the run gave it up must not stay open.
    opening.then(({ stream }) => stream.cancel(error)).catch(() => {});
    throw error;
  } finally {
    cancelTimer();
  }
}

/** A stream that ended without a finish, or said that it was interrupted. */
class StreamBrokeOff extends Error {
  override readonly name = 'StreamBrokeOff';
}

/** Opens a model's stream and judges it while it is read. */
export async function requestStream(request: ProviderRequest, lifetime: Lifetime): Promise<ModelAnswer> {
  const { run, model, params, mayAbort, receipt } = request;
  const { effects, transport } = run.settings;
  const startedAt = effects.now();
  const opened = await openStream(request, lifetime);
  run.state.hasHeard = true;
  run.onOpen?.(opened);
  if (run.relay !== undefined) return await relayStream(request, opened, run.relay);
  let isReported = false;
  const assembled = assembler();
  const parts: StreamPart[] = [];
  const taken = run.live?.beginAnswer() ?? parts;
  const watching = watchAnswer(run, params, mayAbort);
  const judge = inSlices(
    (part) => {
      const issues = watching.push(part);
      if (issues !== undefined) throw new AbortedEarly(issues);
    },
    { effects, signal: lifetime.signal },
  );
  const onPart = (given: StreamPart) => {
    if (receipt !== undefined) notePart(receipt, given);
    if (given.type === 'error') {
      isReported = true;
      throw given.error;
    }
    const part = model === run.model || given.type === 'finish' ? given : withAuthor(given, model);
    assembled.push(part);
    run.onStart?.(part.type === 'stream-start' ? part.warnings : []);
    if (run.live !== undefined) run.live.take(part);
    else if (part.type !== 'stream-start' && part.type !== 'finish') parts.push(part);
    const judged = judge(part);
    return judged === undefined ? run.live?.ready() : judged.then(() => run.live?.ready());
  };
  const { firstChunkMs, chunkMs } = transport.timeout;
  const leftMs = firstChunkMs === undefined ? undefined : Math.max(0, firstChunkMs - (effects.now() - startedAt));
  try {
    await readStream(opened.stream, onPart, { signal: lifetime.signal, firstChunkMs: leftMs, chunkMs, effects });
    if (!assembled.hasFinished()) throw new StreamBrokeOff('The stream ended without a finish.');
  } catch (error) {
    const isAborted = error instanceof AbortedEarly;
    run.live?.dropAnswer(isAborted ? 'aborted' : 'broken');
    run.state.brokeOff = !isAborted && !isReported;
    if (!isAborted) throw error;
    return abortedAnswer(run, assembled, error.issues);
  }
  const result = assembled.result();
  addRunUsage(run, result.usage);
  run.state.brokeOff = result.finishReason.unified === 'interrupted';
  if (run.state.brokeOff) throw new StreamBrokeOff('The stream was interrupted.');
  const asRead = watching.readText();
  const answer = modelAnswer(withHeaders(result, opened), taken);
  return asRead === undefined ? answer : { ...answer, readText: asRead };
}

/** No valid answer is possible any more. */
class AbortedEarly extends Error {
  override readonly name = 'AbortedEarly';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super('The answer was aborted.');
    this.issues = issues;
  }
}

/** The part of an answer that had arrived when it was aborted. Its tokens are estimated: no provider reports them. */
function abortedAnswer(run: Run, assembled: Assembler, issues: readonly Issue[]): ModelAnswer {
  const estimatedTokens = estimateTokens(assembled.characters());
  run.state.estimatedTokens += estimatedTokens;
  const answer = modelAnswer(assembled.result());
  return { ...answer, value: partialValue(answer.text), aborted: { issues, estimatedTokens } };
}

function withHeaders(result: GenerateResult, { request, response }: StreamResult): GenerateResult {
  return {
    ...result,
    ...(response?.headers === undefined ? {} : { response: { ...result.response, headers: response.headers } }),
    ...(request === undefined ? {} : { request }),
  };
}
