import { type LanguageModel, modelKey } from '../model/language-model.ts';

const capacity = 100;
const refillPerSuccess = 0.1;
const maxModels = 1000;

/**
 * What is left of the token bucket of each model in this process, where it is not full. It limits the retries of a model, so
 * that an outage does not cause a retry storm.
 */
const left = new Map<string, number>();

/** Takes one retry of a model. Returns whether that was allowed. */
export function takeRetry(model: LanguageModel): boolean {
  const key = modelKey(model);
  const tokens = left.get(key) ?? capacity;
  if (tokens < 1) return false;
  if (left.size >= maxModels && !left.has(key)) left.clear();
  left.set(key, tokens - 1);
  return true;
}

/** Returns a tenth of a retry after a success. */
export function refillRetries(model: LanguageModel): void {
  if (left.size === 0) return;
  const key = modelKey(model);
  const tokens = (left.get(key) ?? capacity) + refillPerSuccess;
  if (tokens < capacity) left.set(key, tokens);
  else left.delete(key);
}
