import type { CheckCalls } from '../checks/plan/check-calls.ts';
import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { addChecksUsage } from '../context/spent.ts';
import { within } from '../context/within.ts';
import { raced } from '../effects/waiting.ts';
import type { CallOutcome } from '../limits/limiter.ts';
import { LimiterRejected } from '../limits/limiter-rejected.ts';
import { chargeOf } from '../limits/meter.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import { type ModelInput, resolveModel } from '../model/resolve-model.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import { noUsage, type Usage } from '../trace/usage.ts';
import { createReceipt, metered, noteContent, type Receipt } from './receipt.ts';
import { type Answered, withLimits } from './with-limits.ts';

/** The check that a metered model works for. */
export interface MeteredFor {
  readonly check: string;
  /** The attempt that is judged; 0 before the first. */
  readonly attempt: number;
  readonly calls: CheckCalls;
}

/** A model for a check to call. Each call passes the run's limits, counts in the usage of checks, and emits an event. */
export async function meteredModel(run: Run, input: ModelInput, owner: MeteredFor): Promise<LanguageModel> {
  const model = await resolveModel(input);
  const { provider, modelId, specificationVersion } = model;
  const { effects } = run.settings;
  const { calls, check, attempt } = owner;

  /** A call is aborted when its check ends or times out, and when the run ends. */
  function signalOf({ abortSignal }: CallOptions): AbortSignal {
    return AbortSignal.any([calls.over, run.abortSignal, abortSignal].filter((signal) => signal !== undefined));
  }

  /** Makes a call and records it when it is over. A stream may end after the answer. */
  async function counted<ANSWER extends Answered>(
    params: CallOptions,
    request: (receipt: Receipt) => Promise<ANSWER>,
  ): Promise<ANSWER> {
    calls.over.throwIfAborted();
    run.sent.push(params.prompt);
    const startedAt = effects.now();
    const whose = { check, attempt, call: calls.running.length + 1, provider, model: modelId };
    const tell = (outcome: { usage: Usage } | { error: unknown; usage?: Usage }, receipt: Receipt, type: CallEnd) => {
      const durationMs = effects.now() - startedAt;
      emit(run, 'check-call', { ...whose, durationMs, ...outcome, ...usdOfCall(run, receipt, type) });
    };
    const note = (receipt: Receipt) => {
      const { usage = noUsage } = receipt;
      addChecksUsage(run, usage);
      tell({ usage }, receipt, { type: 'answered', error: undefined });
    };
    const part = { type: 'check-call', ...whose } as const;
    return await new Promise<ANSWER>((resolve, reject) => {
      const running = within(run, part, async () => {
        let receipt = createReceipt();
        try {
          const answer = await withLimits({ run, model, params }, (call) => {
            receipt = call.receipt ?? receipt;
            return request(receipt);
          });
          resolve(answer);
          const { type, error } = (await receipt.ending) ?? { type: 'answered', error: undefined };
          await receipt.settled;
          if (type === 'failed') throw error;
        } catch (error) {
          const { usage } = receipt;
          if (usage !== undefined) addChecksUsage(run, usage);
          const isRejected = error instanceof LimiterRejected;
          if (isRejected) error.check = check;
          const type = run.abortSignal?.aborted === true ? 'aborted' : 'failed';
          const failed = { error: isRejected ? error.cause : error };
          tell(usage === undefined ? failed : { ...failed, usage }, receipt, { type, error });
          throw error;
        }
        note(receipt);
      });
      calls.running.push(running.catch(reject));
    });
  }

  return {
    specificationVersion,
    provider,
    modelId,
    get supportedUrls() {
      return model.supportedUrls;
    },
    async doGenerate(params) {
      const { result } = await counted(params, async (receipt) => {
        const signal = signalOf(params);
        const generated = await raced(model.doGenerate({ ...params, abortSignal: signal }), { signal });
        receipt.usage = generated.usage;
        noteContent(receipt, generated.content);
        return { result: generated };
      });
      return result;
    },
    async doStream(params) {
      const { result } = await counted(params, async (receipt) => {
        const signal = signalOf(params);
        const opening = Promise.resolve(model.doStream({ ...params, abortSignal: signal }));
        const streamed = await raced(opening, { signal }).catch((error) => {
          // A stream that still opens has no reader.
          opening.then(({ stream }) => stream.cancel(error)).catch(() => {});
          throw error;
        });
        return { result: { ...streamed, stream: metered(streamed.stream, receipt, signal) } };
      });
      return result;
    },
  };
}

type CallEnd = Pick<CallOutcome, 'type' | 'error'>;

/** What a call that is over added to the run's bill, if there is a price. */
function usdOfCall({ settings: { price } }: Run, { cost, usage, characters }: Receipt, end: CallEnd) {
  if (price === undefined || cost === undefined) return {};
  const writtenTokens = estimateTokens(characters);
  const charge = chargeOf({ ...end, cost, usage, writtenTokens }, price);
  const { usd, estimatedUsd = 0 } = charge ?? {};
  if (usd === undefined) return {};
  return { usd, ...(estimatedUsd > 0 ? { estimatedUsd } : {}) };
}
