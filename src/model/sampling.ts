import type { CallOptions } from './language-model.ts';

/** The sampling options of a call, in a fixed order. */
export function samplingOf(params: CallOptions): readonly unknown[] {
  return [
    params.maxOutputTokens,
    params.temperature,
    params.topP,
    params.topK,
    params.presencePenalty,
    params.frequencyPenalty,
    params.stopSequences,
    params.seed,
    params.reasoning,
  ];
}
