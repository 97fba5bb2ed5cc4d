import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { addChecksUsage } from '../context/spent.ts';
import { within } from '../context/within.ts';
import { raced } from '../effects/waiting.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import { type ModelInput, resolveModel } from '../model/resolve-model.ts';
import { knownPrice, usdOf } from '../trace/price.ts';
import { noUsage, type Usage } from '../trace/usage.ts';
import { createReceipt, metered, noteContent, type Receipt } from './receipt.ts';
import { type Answered, withLimits } from './with-limits.ts';

/** Whose calls a metered model makes. */
export interface MeteredFor {
  readonly check: string;
  /** The attempt that is judged; 0 before the first. */
  readonly attempt: number;
}

/** A model for a check to call: each call passes the run's limits, counts in what its checks used, and is told. */
export async function meteredModel(run: Run, input: ModelInput, owner: MeteredFor): Promise<LanguageModel> {
  const model = await resolveModel(input);
  const { provider, modelId, specificationVersion } = model;
  const { effects } = run.settings;

  /** Makes a call, and takes note of it when it is over: a stream outlives the call. */
  async function counted<ANSWER extends Answered>(
    params: CallOptions,
    request: (receipt: Receipt) => Promise<ANSWER>,
  ): Promise<ANSWER> {
    const startedAt = effects.now();
    const tell = (outcome: { usage: Usage; usd?: number } | { error: unknown }) => {
      const durationMs = effects.now() - startedAt;
      emit(run, 'check-call', { ...owner, provider, model: modelId, durationMs, ...outcome });
    };
    const note = ({ usage = noUsage }: Receipt) => {
      addChecksUsage(run, usage);
      const price =
        run.settings.price === undefined ? undefined : knownPrice(run.settings.price, { provider, model: modelId });
      tell({ usage, ...(price === undefined ? {} : { usd: usdOf(usage, price) }) });
    };
    const part = { type: 'check-call', check: owner.check, provider, model: modelId } as const;
    return await within(run, part, async () => {
      try {
        return await withLimits({ run, model, params }, async ({ receipt = createReceipt() }) => {
          const answer = await request(receipt);
          if (receipt.ending === undefined) note(receipt);
          else void receipt.ending.then(({ type, error }) => (type === 'failed' ? tell({ error }) : note(receipt)));
          return answer;
        });
      } catch (error) {
        tell({ error });
        throw error;
      }
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
        const signal = params.abortSignal ?? run.abortSignal;
        const generated = await raced(model.doGenerate(params), { signal });
        receipt.usage = generated.usage;
        noteContent(receipt, generated.content);
        return { result: generated };
      });
      return result;
    },
    async doStream(params) {
      const { result } = await counted(params, async (receipt) => {
        const streamed = await model.doStream(params);
        return { result: { ...streamed, stream: metered(streamed.stream, receipt) } };
      });
      return result;
    },
  };
}
