import { modelAnswer } from '../answers/candidate.ts';
import { addRunUsage } from '../context/spent.ts';
import { lazily } from '../effects/lazily.ts';
import { linkedController } from '../effects/linked-controller.ts';
import { raced, timeoutError } from '../effects/waiting.ts';
import { withAuthor } from '../feedback/author-mark.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import type { ProviderRequest } from './provider-request.ts';
import { noteContent } from './receipt.ts';

/** Code that only streams need is loaded with the first stream. */
const streaming = /* @__PURE__ */ lazily(() => import('./request-stream.ts'));

/** Makes one provider call, generated or streamed like the run, within the transport's time limits. */
export function request(request: ProviderRequest): Promise<ModelAnswer> {
  const { run } = request;
  if (run.type === 'stream') return stream(request);
  const { callMs } = run.settings.transport.timeout;
  return callMs === undefined ? generate(request, run.abortSignal) : generateInTime(request, callMs);
}

async function stream(request: ProviderRequest): Promise<ModelAnswer> {
  const { requestStream } = await streaming();
  return await requestStream(request);
}

async function generateInTime(request: ProviderRequest, callMs: number): Promise<ModelAnswer> {
  const { abortSignal, settings } = request.run;
  const { controller, unlink } = linkedController(abortSignal);
  const cancelTimer = settings.effects.after(callMs, () =>
    controller.abort(timeoutError(`No answer within ${callMs} ms.`)),
  );
  try {
    return await generate(request, controller.signal);
  } finally {
    cancelTimer();
    unlink();
  }
}

async function generate(
  { run, model, params, receipt }: ProviderRequest,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const own = signal === params.abortSignal ? params : { ...params, abortSignal: signal };
  const result = await raced(model.doGenerate(own), { signal });
  run.state.hasHeard = true;
  addRunUsage(run, result.usage);
  if (receipt !== undefined) {
    receipt.usage = result.usage;
    noteContent(receipt, result.content);
  }
  if (model === run.model) return modelAnswer(result);
  return modelAnswer({ ...result, content: result.content.map((part) => withAuthor(part, model)) });
}
