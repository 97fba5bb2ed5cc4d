import { settledFinish } from '../../answers/finish-reason.ts';
import type {
  ContentPart,
  GenerateResult,
  StreamPart,
  ToolCall,
  ToolOutput,
  ToolResult,
} from '../../model/language-model.ts';
import type { ModelAnswer } from '../stage.ts';
import type { Execution } from './execute-tool.ts';

/** How the calls of lent tools leave a run. */
export interface LentCalls {
  isLent(toolName: string): boolean;
  /** The name its owner gave a lent tool. */
  ownName(toolName: string): string;
  /** Makes the id of a shown call; `undefined` when none is shown. */
  readonly showAs: ((toolCallId: string) => string) | undefined;
}

/**
 * An answer without the calls of lent tools, their results, and the parts that streamed them. Where calls are shown, those
 * that the provider executed stay, as calls of tools the caller does not know.
 */
export function withoutLentCalls(answer: ModelAnswer, lent: LentCalls): ModelAnswer {
  const { result, parts } = answer;
  if (!result.content.some((part) => isLentPart(part, lent))) return answer;
  const content = result.content.flatMap((part) => (isLentPart(part, lent) ? shownPart(part, lent) : [part]));
  const finishReason = settledFinish(result.finishReason, content);
  return {
    ...answer,
    content,
    finishReason: finishReason.unified,
    result: { ...result, content, finishReason },
    ...(parts === undefined ? {} : { parts: withoutLentParts(parts, lent) }),
  };
}

function withoutLentParts(parts: readonly StreamPart[], lent: LentCalls): StreamPart[] {
  const lentIds = new Set<unknown>();
  return parts.flatMap((part) => {
    if (part.type === 'tool-input-start' && lent.isLent(part.toolName)) lentIds.add(part.id);
    if ((part.type === 'tool-call' || part.type === 'tool-result') && lent.isLent(part.toolName)) {
      return shownPart(part, lent) as StreamPart[]; // calls and results are parts of a stream too
    }
    return part.type.startsWith('tool-input') && 'id' in part && lentIds.has(part.id) ? [] : [part];
  });
}

function isLentPart(part: ContentPart, { isLent }: LentCalls): part is ToolCall | ToolResult {
  return (part.type === 'tool-call' || part.type === 'tool-result') && isLent(part.toolName);
}

/** The calls and results of lent tools that the provider executed itself, where they are shown. */
export function shownProviderCalls(content: readonly ContentPart[], lent: LentCalls): ContentPart[] {
  return content.filter((part) => isLentPart(part, lent)).flatMap((part) => shownPart(part, lent));
}

/** What the provider did not execute would look like a call the caller has to answer. */
function shownPart(part: ToolCall | ToolResult, { showAs, ownName }: LentCalls): ContentPart[] {
  if (showAs === undefined || (part.type === 'tool-call' && part.providerExecuted !== true)) return [];
  const { providerMetadata: _, ...rest } = part;
  return [{ ...rest, toolName: ownName(part.toolName), toolCallId: showAs(part.toolCallId), dynamic: true }];
}

/** Executed calls as the SDK takes calls of tools the caller does not know: provider-executed and dynamic. */
export function shownCalls(executions: readonly Execution[], { showAs, ownName }: LentCalls): ContentPart[] {
  if (showAs === undefined) return [];
  return executions.flatMap(({ call, output }) => {
    const toolName = ownName(call.toolName);
    const toolCallId = showAs(call.toolCallId);
    const shown: ToolCall = {
      type: 'tool-call',
      toolCallId,
      toolName,
      input: call.input,
      providerExecuted: true,
      dynamic: true,
    };
    return [shown, { type: 'tool-result', toolCallId, toolName, dynamic: true, ...shownResult(output) } as ContentPart];
  });
}

function shownResult(output: ToolOutput): { result: unknown; isError?: true } {
  switch (output.type) {
    case 'text':
    case 'json':
    case 'content':
      return { result: output.value };
    case 'error-text':
    case 'error-json':
      return { result: output.value, isError: true };
    case 'execution-denied':
      return { result: output.reason ?? 'denied', isError: true };
  }
}

/** Puts shown calls, and the sources earlier turns named, before what the model answered in the end. */
export function withEarlierContent(answer: ModelAnswer, earlier: readonly ContentPart[]): ModelAnswer {
  if (earlier.length === 0) return answer;
  const content = [...earlier, ...answer.content];
  const result: GenerateResult = { ...answer.result, content };
  const parts = answer.parts === undefined ? {} : { parts: [...(earlier as StreamPart[]), ...answer.parts] };
  return { ...answer, content, result, ...parts };
}
