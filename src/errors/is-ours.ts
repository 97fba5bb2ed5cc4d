import { AISDKError } from '@ai-sdk/provider';

/** Errors of this library say what to do, and hold no text of a prompt or an answer. */
export function isOurs(error: unknown): error is AISDKError {
  return AISDKError.isInstance(error) && error.name.startsWith('StagedRetry_');
}
