import type { ContentPart, FinishReason } from '../model/language-model.ts';

/** Why an answer ended: `tool-calls` is over where nobody is waited for, else the SDK would have no output to read. */
export function settledFinish(reason: FinishReason, content: readonly ContentPart[]): FinishReason {
  if (reason.unified !== 'tool-calls' || content.some((part) => isAwaited(part, content))) return reason;
  return { ...reason, unified: 'stop' };
}

function isAwaited(part: ContentPart, content: readonly ContentPart[]): boolean {
  if (part.type === 'tool-approval-request') return true;
  if (part.type !== 'tool-call') return false;
  const { toolCallId } = part;
  return !content.some((other) => other.type === 'tool-result' && other.toolCallId === toolCallId);
}
