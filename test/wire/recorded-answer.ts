import type { PracticeAnswer, PracticeToolCall } from '../../examples/practice-server/exchange.ts';
import { isObject, type JsonObject, objectsIn, parseObject } from '../../examples/practice-server/json.ts';
import { applyPatch } from './json-patch.ts';

/** An answer, and the error the provider sent with it or instead of it. */
export interface RecordedAnswer {
  readonly answer: PracticeAnswer;
  readonly providerError?: JsonObject | undefined;
}

/**
 * Reads a recorded response. A refused generation is read out of the provider's error, and a JSON Patch is applied to
 * the call of the `previous` answer; a patch that does not apply, or is cut off, leaves an answer without content.
 */
export function readAnswer(response: JsonObject, previous?: PracticeAnswer): RecordedAnswer {
  const providerError = isObject(response.error) ? response.error : undefined;
  const toolCalls = objectsIn(response.tool_calls).map(readToolCall);
  const text = typeof response.text === 'string' && response.text !== '' ? response.text : undefined;
  const finishReason = /length|max_tokens/i.test(String(response.finish_reason)) ? 'length' : undefined;
  if (text === undefined && toolCalls.length === 0 && providerError !== undefined) {
    return { answer: readFailedGeneration(String(providerError.failed_generation ?? '')), providerError };
  }
  const patched = previous === undefined ? toolCalls : toolCalls.flatMap((call) => patch(call, previous));
  return { answer: { text, finishReason, ...(patched.length > 0 && { toolCalls: patched }) }, providerError };
}

function readToolCall(call: JsonObject): PracticeToolCall {
  const input = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {});
  return { name: String(call.name), input, ...(typeof call.id === 'string' && { id: call.id }) };
}

function readFailedGeneration(generation: string): PracticeAnswer {
  const call = parseObject(generation);
  if (typeof call?.name !== 'string') return { text: generation };
  return { toolCalls: [readToolCall(call)] };
}

function patch(call: PracticeToolCall, previous: PracticeAnswer): readonly PracticeToolCall[] {
  if (!/patch/i.test(call.name)) return [call];
  const [patched] = previous.toolCalls ?? [];
  const operations = parseObject(call.input)?.patches;
  if (patched === undefined || !Array.isArray(operations)) return [];
  try {
    const input = objectsIn(operations).reduce<unknown>(applyPatch, JSON.parse(patched.input));
    return [{ name: patched.name, input: JSON.stringify(input) }];
  } catch {
    return [];
  }
}
