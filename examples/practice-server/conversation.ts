import type { PracticeMessage } from './exchange.ts';

/** The position of the first message of the user that has the text. */
export function findTask(messages: readonly PracticeMessage[], text: string): number {
  return messages.findIndex((message) => message.role === 'user' && message.text.includes(text));
}

/** What the model was told since its first answer to the task: messages of users and results of tools. */
export function feedbackSince(messages: readonly PracticeMessage[], task: number): readonly PracticeMessage[] {
  const answer = messages.findIndex(({ role }, index) => index > task && role === 'assistant');
  return answer === -1 ? [] : messages.slice(answer).filter(({ role }) => role === 'user' || role === 'tool');
}

/** What the user said last. */
export function lastUserText(messages: readonly PracticeMessage[]): string {
  return messages.findLast(({ role }) => role === 'user')?.text ?? '';
}

/** Results of tools since the user spoke last. */
export function recentToolResults(messages: readonly PracticeMessage[]): readonly PracticeMessage[] {
  const spoken = messages.findLastIndex(({ role }) => role === 'user');
  return messages.slice(spoken + 1).filter(({ role }) => role === 'tool');
}

/**
 * The breach of the protocol that OpenAI's servers refuse: a tool call without a result, or a result without a call.
 */
export function findOrphan(messages: readonly PracticeMessage[]): string | undefined {
  const open = new Set<string>();
  for (const { role, toolCalls = [], toolCallId } of messages) {
    if (role === 'user' && open.size > 0) break;
    for (const { id } of toolCalls) open.add(String(id));
    if (role === 'tool' && !open.delete(String(toolCallId)))
      return `No tool call found for the output of ${toolCallId}.`;
  }
  return open.size > 0 ? `No tool output found for the calls ${[...open].join(', ')}.` : undefined;
}
