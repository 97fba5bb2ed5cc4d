import { emit } from '../context/emit.ts';
import { lazily } from '../effects/lazily.ts';
import { sleep } from '../effects/waiting.ts';
import type { CallOptions } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import type { ProviderRequest } from './provider-request.ts';
import { request } from './request.ts';
import { refillRetries } from './retry-bucket.ts';
import { withLimits } from './with-limits.ts';

const failures = /* @__PURE__ */ lazily(() => import('./failed-call.ts'));

/**
 * Calls a model and retries what the provider is to blame for. The very first call of a run fails as it is, unless the
 * run owns it, so that the SDK's own `maxRetries` does what the caller set it to.
 *
 * Rejects with `ProviderCallFailed`, with the signal's reason, or with what a limiter rejects with.
 */
export async function callModel(call: ProviderRequest): Promise<ModelAnswer> {
  const { run, model } = call;
  const { settings, abortSignal } = run;
  const { effects } = settings;
  const owed = run.live?.text.owed();
  for (let retry = 1; ; retry += 1) {
    abortSignal?.throwIfAborted();
    const isFirstCall = run.state.providerCalls === 0;
    run.state.providerCalls += 1;
    run.state.calledModel = model;
    try {
      const current = retry === 1 ? call : { ...call, params: await paramsAfterBreak(call, owed) };
      const answer = await withLimits(current, request);
      refillRetries(model);
      // A model of the caller's may leave them out.
      run.state.warnings.push(answer.result.warnings ?? []);
      for (const part of answer.content) {
        if (part.type === 'tool-result') run.toolResults.push({ toolName: part.toolName, output: part.result });
      }
      return answer;
    } catch (error) {
      if (abortSignal?.aborted === true) throw abortSignal.reason;
      const { delayOrThrow } = await failures();
      const delayMs = delayOrThrow(error, { call, retry, isFirstCall });
      emit(run, 'transport-retry', { provider: model.provider, model: model.modelId, retry, delayMs, error });
      await sleep(delayMs, effects, abortSignal);
    }
  }
}

/** After a stream of this call broke off that was partly released, the next answer has to continue it. */
async function paramsAfterBreak({ run, params }: ProviderRequest, before: string | undefined): Promise<CallOptions> {
  const owed = run.live?.text.owed();
  if (!owed || owed === before) return params;
  const { keepingReleased } = await import('./keeping-released.ts');
  return keepingReleased(params, owed, run.settings.effects.createId().slice(0, 8));
}
