import { modelAnswer } from '../answers/candidate.ts';
import { withTextInput } from '../answers/text-input.ts';
import { isIntermediate } from '../checks/plan/verdict.ts';
import type { Run } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import { inSlices } from '../delivery/in-slices.ts';
import { type AnswerWatch, watchAnswer } from '../delivery/watch-answer.ts';
import { withAuthor } from '../feedback/author-mark.ts';
import type { GenerateResult, StreamPart, StreamResult } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { type Assembler, assembler } from '../stream/assemble.ts';
import { partialJson } from '../stream/live/partial-value.ts';
import { missingEnds } from '../stream/live/stream-parts.ts';
import { readStream } from '../stream/read-stream.ts';
import type { Issue } from '../trace/issue.ts';
import { countDiscarded } from './count-discarded.ts';
import { openStream } from './open-stream.ts';
import type { ProviderRequest } from './provider-request.ts';
import { notePart } from './receipt.ts';
import { relayStream } from './relay-stream.ts';
import { type StreamLimits, streamLimits } from './stream-limits.ts';

/** A stream that ended without a finish, or said that it was interrupted. */
class StreamBrokeOff extends Error {
  override readonly name = 'StreamBrokeOff';
}

/** Opens a model's stream and judges it while it is read. */
export async function requestStream(given: ProviderRequest): Promise<ModelAnswer> {
  const { run, model } = given;
  const limits = streamLimits(run);
  const { signal } = limits;
  const request = { ...given, params: { ...given.params, abortSignal: signal } };
  try {
    const opened = await openStream(model, request.params, signal);
    run.state.hasHeard = true;
    run.onOpen?.(opened);
    if (run.relay === undefined) return await judgeStream(request, opened, limits);
    // A stream that is passed through has no time limit once it is open.
    limits.pause();
    return await relayStream(request, opened, run.relay);
  } finally {
    limits.end();
  }
}

async function judgeStream(
  { run, model, params, mayAbort, receipt }: ProviderRequest,
  opened: StreamResult,
  limits: StreamLimits,
): Promise<ModelAnswer> {
  const { signal } = limits;
  let isReported = false;
  run.state.reported = undefined;
  const assembled = assembler();
  const parts: StreamPart[] = [];
  const taken = run.live?.beginAnswer() ?? parts;
  const watching = watchAnswer(run, params, mayAbort);
  const judge = inSlices(
    (part) => {
      const issues = watching.push(part);
      if (issues !== undefined) throw new AbortedEarly(issues);
    },
    { effects: run.settings.effects, signal },
  );
  const take = (part: StreamPart) => {
    if (run.live !== undefined) run.live.take(part);
    else if (part.type !== 'stream-start' && part.type !== 'finish') parts.push(part);
  };
  const onPart = (raw: StreamPart) => {
    const given = withTextInput(raw);
    if (receipt !== undefined) notePart(receipt, given);
    if (given.type === 'error') {
      isReported = true;
      throw given.error;
    }
    const part = model === run.model || given.type === 'finish' ? given : withAuthor(given, model);
    assembled.push(part);
    run.onStart?.(part.type === 'stream-start' ? part.warnings : []);
    take(part);
    const judged = judge(part);
    return judged === undefined ? run.live?.ready() : judged.then(() => run.live?.ready());
  };
  const failure = await readStream(opened.stream, onPart, { signal, limits }).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (failure?.error instanceof AbortedEarly) {
    run.live?.dropAnswer('aborted');
    run.state.brokeOff = false;
    return { ...abortedAnswer(run, assembled, failure.error.issues), fixes: watching.fixes() };
  }
  // An answer that came whole stands, whatever becomes of its connection; one of a provider that sends no finish, too.
  const isWhole = assembled.hasFinished() || (failure === undefined && isOver(run, assembled));
  if (!isWhole || isReported || run.abortSignal?.aborted === true) {
    run.live?.dropAnswer(isReported ? 'reported' : 'broken');
    run.state.brokeOff = !isReported;
    countDiscarded(run, assembled);
    if (isReported)
      run.state.reported = answerOf(
        // A call that did not come to its end is none, which its text could stand beside unjudged.
        assembled.result({ leavesOutOpenCalls: true }),
        watching,
        run.live === undefined ? [...parts, ...missingEnds(parts)] : taken,
      );
    throw failure === undefined ? new StreamBrokeOff('The stream ended without a finish.') : failure.error;
  }
  const result = assembled.result();
  addRunUsage(run, result.usage);
  run.state.brokeOff = result.finishReason.unified === 'interrupted';
  if (run.state.brokeOff) throw new StreamBrokeOff('The stream was interrupted.');
  if (!assembled.hasFinished()) for (const end of missingEnds(taken)) take(end);
  return answerOf(withHeaders(result, opened), watching, taken);
}

/** Whether an answer without a finish is over all the same: every block of it has ended, or the JSON that it is. */
function isOver({ plan }: Run, assembled: Assembler): boolean {
  if (assembled.isClosed()) return true;
  const { text, content } = modelAnswer(assembled.result());
  return plan.structure.length > 0 && !isIntermediate(content) && partialJson(text)?.isOver === true;
}

function answerOf(result: GenerateResult, watching: AnswerWatch, taken: readonly StreamPart[]): ModelAnswer {
  const asRead = watching.readText();
  const answer = { ...modelAnswer(result, taken), fixes: watching.fixes() };
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
  const estimatedTokens = countDiscarded(run, assembled);
  const answer = modelAnswer(assembled.result());
  const value = partialJson(answer.text)?.valueWithout(issues.map(({ path }) => path));
  return { ...answer, value, aborted: { issues, estimatedTokens } };
}

function withHeaders(result: GenerateResult, { request, response }: StreamResult): GenerateResult {
  return {
    ...result,
    ...(response?.headers === undefined ? {} : { response: { ...result.response, headers: response.headers } }),
    ...(request === undefined ? {} : { request }),
  };
}
