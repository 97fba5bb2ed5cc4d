import { AISDKError } from '@ai-sdk/provider';
import { isMarked } from './mark.ts';

export const wrongUseName = 'StagedRetry_WrongUse';

/** Errors of this library say what to do, and hold no text of a prompt or an answer. */
export function isOurs(error: unknown): error is AISDKError {
  return (AISDKError.isInstance(error) && error.name.startsWith('StagedRetry_')) || isMarked(error, wrongUseName);
}
