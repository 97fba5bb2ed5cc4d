import { AISDKError, APICallError } from '@ai-sdk/provider';
import { inputTotal, outputTotal, type Usage } from '../trace/usage.ts';
import type { CallOutcome } from './limiter.ts';

/**
 * What a call is billed for: what the provider reported; where it reported nothing, the estimate stands, or what the model
 * wrote, if that is more. A prompt takes tokens, and so does a text: a 0 for either says that the provider does not count.
 * `undefined` for a call that costs nothing.
 */
export function billedUsage(outcome: Pick<CallOutcome, 'type' | 'cost' | 'usage' | 'writtenTokens' | 'error'>) {
  const { cost, usage, writtenTokens = 0 } = outcome;
  if (outcome.type === 'refused') return undefined;
  if (outcome.type === 'failed' && writtenTokens === 0 && usage === undefined && isFree(outcome.error))
    return undefined;
  const { estimatedTokens, maxOutputTokens = 0 } = cost;
  const input = usage === undefined ? 0 : (inputTotal(usage) ?? 0);
  const output = usage === undefined ? undefined : outputTotal(usage);
  const hasOutput = output !== undefined && (output > 0 || writtenTokens === 0);
  const billed: Usage = {
    inputTokens:
      usage !== undefined && input > 0
        ? usage.inputTokens
        : { total: estimatedTokens - maxOutputTokens, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens:
      usage !== undefined && hasOutput
        ? usage.outputTokens
        : { total: Math.max(maxOutputTokens, writtenTokens), text: undefined, reasoning: undefined },
  };
  return billed;
}

/** SDK errors thrown before the request was sent. */
const unsent = new Set([
  'AI_InvalidArgumentError',
  'AI_InvalidPromptError',
  'AI_LoadAPIKeyError',
  'AI_LoadSettingError',
  'AI_NoSuchModelError',
  'AI_UnsupportedFunctionalityError',
]);

/** Codes of Node and undici for connections that were never made. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A request that the provider refused, or never saw. A connection that broke may have cost what it asked for. */
function isFree(error: unknown): boolean {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  if (typeof statusCode === 'number') return statusCode >= 400;
  if (AISDKError.isInstance(error) && !APICallError.isInstance(error)) return unsent.has(error.name);
  return codesOf(error).some((code) => unconnected.has(code));
}

const maxCauses = 5;

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < maxCauses; depth += 1) {
    const { code, cause: next } = cause as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') codes.push(code);
    cause = next;
  }
  return codes;
}
