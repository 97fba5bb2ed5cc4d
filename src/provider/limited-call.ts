import type { Run } from '../context/run.ts';
import { raced } from '../effects/waiting.ts';
import { isBudgetExceeded } from '../errors/known.ts';
import type { CallCost, CallOutcome, Limiter } from '../limits/limiter.ts';
import { LimiterRejected } from '../limits/limiter-rejected.ts';
import { noteCountedInside, noteCountedOutside } from '../limits/shared-budget.ts';
import type { CallOptions, Headers, LanguageModel, Prompt, ToolOutput } from '../model/language-model.ts';
import { type Wrapping, wrappingOf } from '../model/wrapped-models.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import type { ProviderRequest } from './provider-request.ts';
import { createReceipt } from './receipt.ts';

/** How long an answer waits for the limiters to record it, in milliseconds. */
const settleTimeoutMs = 1000;

/** A call that may wait for the limiters. */
export type Call = Pick<ProviderRequest, 'run' | 'model' | 'params' | 'receipt'>;

/** What the limiters are told besides the receipt. */
export type Answered = {
  readonly result: { readonly response?: { readonly headers?: Headers | undefined } | undefined };
};

type End = Pick<CallOutcome, 'type' | 'error' | 'headers'>;

/** Makes a provider call once every limiter allows it, and tells them the result. */
export async function limited<CALL extends Call, ANSWER extends Answered>(
  call: CALL,
  request: (call: CALL & Pick<Call, 'receipt'>) => Promise<ANSWER>,
): Promise<ANSWER> {
  const { run, model, params } = call;
  const { abortSignal } = run;
  const inside = wrappingOf(model);
  // A limiter that is named twice, or that the inner model has too, counts the call once.
  const limits = [...new Set(run.limits)].filter((limiter) => inside?.limits.includes(limiter) !== true);
  const { effects } = run.settings;
  const cost = costOf(run, model, params);
  if (sharesBudget(run, inside)) {
    noteCountedInside(cost);
    noteCountedOutside(params.prompt);
  }
  const startedAt = effects.now();
  const receipt = { ...createReceipt(), cost };
  const typeOf = (type: End['type']) => (abortSignal?.aborted === true ? 'aborted' : type);
  const settle = async (end: End, settled: readonly Limiter[] = limits) => {
    const durationMs = effects.now() - startedAt;
    const writtenTokens = estimateTokens(receipt.characters);
    const outcome = { ...end, cost, durationMs, usage: receipt.usage, writtenTokens };
    const settling = Promise.allSettled(settled.map(async (limiter) => limiter.settle(outcome)));
    await raced(settling, { signal: abortSignal, timeoutMs: settleTimeoutMs, effects }).catch(() => {});
  };
  for (const [index, limiter] of limits.entries()) {
    const reserving = Promise.resolve().then(() => limiter.reserve(cost, { abortSignal }));
    try {
      await raced(reserving, { signal: abortSignal });
    } catch (cause) {
      const refused = { type: 'refused', error: cause, headers: undefined } as const;
      // A limiter may still allow the call after the caller has left; then nobody makes it.
      if (abortSignal?.aborted === true) reserving.then(() => settle(refused, [limiter])).catch(() => {});
      await settle(refused, limits.slice(0, index));
      throw new LimiterRejected('A limiter rejected the call.', { cause });
    }
  }
  try {
    const answer = await request({ ...call, receipt });
    const { headers } = answer.result.response ?? {};
    if (receipt.ending === undefined) await settle({ type: 'answered', error: undefined, headers });
    else receipt.settled = receipt.ending.then(({ type, error }) => settle({ type: typeOf(type), error, headers }));
    return answer;
  } catch (error) {
    const headers = (error as { responseHeaders?: Record<string, string> } | undefined)?.responseHeaders;
    await settle({ type: typeOf('failed'), error, headers });
    if (isRefusedInside(error, run, inside))
      throw new LimiterRejected('A limit inside rejected the call.', { cause: error });
    throw error;
  }
}

function sharesBudget(run: Run, inside: Wrapping | undefined): boolean {
  return inside !== undefined && inside.budget === run.budget.shared;
}

/** Whether the inner model refused a call because of a budget or a limiter that the run has too. */
function isRefusedInside(error: unknown, run: Run, inside: Wrapping | undefined): boolean {
  if (!isBudgetExceeded(error)) return false;
  if (error.spend === undefined) return sharesBudget(run, inside);
  return run.limits.some((limiter) => inside?.limits.includes(limiter) === true);
}

/** The estimated cost of a call, before it is made. */
export function costOf({ scope }: Run, { provider, modelId }: LanguageModel, params: CallOptions): CallCost {
  const { prompt, tools = [], responseFormat, maxOutputTokens } = params;
  const characters = charactersOf(prompt) + lengthOf(tools) + lengthOf(responseFormat);
  return {
    provider,
    model: modelId,
    estimatedTokens: estimateTokens(characters) + (maxOutputTokens ?? 0),
    maxOutputTokens,
    ...(scope === undefined ? {} : { scope }),
  };
}

/** What a file counts as. Providers count images by their size in pixels. */
const charactersOfFile = 64;

function charactersOf(prompt: Prompt): number {
  let characters = 0;
  for (const { content } of prompt) {
    if (typeof content === 'string') characters += content.length;
    else for (const part of content) characters += charactersOfPart(part);
  }
  return characters;
}

function charactersOfPart(part: Exclude<Prompt[number]['content'], string>[number]): number {
  if ('text' in part) return part.text.length;
  if (part.type === 'tool-call') return lengthOf(part.input);
  if (part.type === 'tool-result') return charactersOfOutput(part.output);
  return charactersOfFile;
}

function charactersOfOutput(output: ToolOutput): number {
  if (output.type !== 'content') return 'value' in output ? lengthOf(output.value) : 0;
  return output.value.reduce<number>((sum, item) => sum + textLength(item), 0);
}

function textLength(item: unknown): number {
  const { text } = item as { text?: unknown };
  return typeof text === 'string' ? text.length : charactersOfFile;
}

/** The length of a value as JSON; 0 if it has no JSON form. */
function lengthOf(value: unknown): number {
  try {
    return JSON.stringify(value)?.length ?? 0;
  } catch {
    return 0;
  }
}
