import { shownPrefix } from '../../feedback/clean-prompt.ts';
import type { ContentPart, GenerateResult, StreamPart, ToolCall, ToolOutput } from '../../model/language-model.ts';
import type { ModelAnswer } from '../stage.ts';
import type { Execution } from './execute-tool.ts';

/** An answer without the calls of lent tools, their results, and the parts that streamed them. */
export function withoutLentCalls(answer: ModelAnswer, isLent: (toolName: string) => boolean): ModelAnswer {
  const { result, parts } = answer;
  if (!result.content.some((part) => isLentPart(part, isLent))) return answer;
  const content = result.content.filter((part) => !isLentPart(part, isLent));
  const hasCalls = content.some(({ type }) => type === 'tool-call');
  const { unified } = result.finishReason;
  const finishReason =
    unified === 'tool-calls' && !hasCalls ? { ...result.finishReason, unified: 'stop' } : result.finishReason;
  return {
    ...answer,
    content,
    finishReason: finishReason.unified,
    result: { ...result, content, finishReason },
    ...(parts === undefined ? {} : { parts: withoutLentParts(parts, isLent) }),
  };
}

function withoutLentParts(parts: readonly StreamPart[], isLent: (toolName: string) => boolean): StreamPart[] {
  const lentIds = new Set<string>();
  return parts.filter((part) => {
    if ('toolName' in part && isLent(part.toolName)) {
      lentIds.add('toolCallId' in part ? part.toolCallId : part.id);
      return false;
    }
    return !('id' in part && part.type.startsWith('tool-input') && lentIds.has(part.id ?? ''));
  });
}

function isLentPart(part: ContentPart, isLent: (toolName: string) => boolean): boolean {
  return (part.type === 'tool-call' || part.type === 'tool-result') && isLent(part.toolName);
}

/** Executed calls as the SDK takes calls of tools the caller does not know: provider-executed and dynamic. */
export function shownCalls(executions: readonly Execution[]): ContentPart[] {
  return executions.flatMap(({ call, output }) => {
    const { toolName } = call;
    const toolCallId = `${shownPrefix}${call.toolCallId}`;
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
