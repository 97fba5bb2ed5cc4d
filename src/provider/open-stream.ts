import { raced } from '../effects/waiting.ts';
import type { CallOptions, LanguageModel, StreamResult } from '../model/language-model.ts';

/** A model's stream. Rejects when the call is aborted, and closes a stream that opens all the same. */
export async function openStream(
  model: LanguageModel,
  params: CallOptions,
  signal: AbortSignal | undefined,
): Promise<StreamResult> {
  const opening = Promise.resolve(model.doStream(params));
  try {
    return await raced(opening, { signal });
  } catch (error) {
    opening.then(({ stream }) => stream.cancel(error)).catch(() => {});
    throw error;
  }
}
