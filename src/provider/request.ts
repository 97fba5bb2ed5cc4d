import { modelAnswer } from '../answers/candidate.ts';
import { addRunUsage } from '../context/spent.ts';
import { lazily } from '../effects/lazily.ts';
import { raced } from '../effects/waiting.ts';
import { withAuthor } from '../feedback/author-mark.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { abortAfter, type Lifetime, type ProviderRequest } from './provider-request.ts';
import { noteContent } from './receipt.ts';

const streaming = /* @__PURE__ */ lazily(() => import('./request-stream.ts'));

/** Makes one provider call, generated or streamed like the run, within the transport's time limits. */
export function request(request: ProviderRequest): Promise<ModelAnswer> {
  const { run } = request;
  const { callMs, firstChunkMs } = run.settings.transport.timeout;
  const isUnlimited = callMs === undefined && firstChunkMs === undefined;
  // A stream that is passed through has no time limit once it is open.
  return isUnlimited || run.relay !== undefined
    ? send(request, { signal: run.abortSignal })
    : sendInTime(request, callMs);
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

function send(request: ProviderRequest, lifetime: Lifetime): Promise<ModelAnswer> {
  const { run, params } = request;
  const { signal } = lifetime;
  const own = signal === params.abortSignal ? request : { ...request, params: { ...params, abortSignal: signal } };
  return run.type === 'generate' ? generate(own, signal) : stream(own, lifetime);
}

/** Code that only streams need is loaded with the first stream. */
async function stream(request: ProviderRequest, lifetime: Lifetime): Promise<ModelAnswer> {
  const { requestStream } = await streaming();
  return await requestStream(request, lifetime);
}

async function generate(
  { run, model, params, receipt }: ProviderRequest,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const result = await raced(model.doGenerate(params), { signal });
  run.state.hasHeard = true;
  addRunUsage(run, result.usage);
  if (receipt !== undefined) {
    receipt.usage = result.usage;
    noteContent(receipt, result.content);
  }
  if (model === run.model) return modelAnswer(result);
  return modelAnswer({ ...result, content: result.content.map((part) => withAuthor(part, model)) });
}
