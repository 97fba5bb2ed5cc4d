import type { Message, Prompt, PromptPart } from '../model/language-model.ts';

/** A prompt as `gen_ai.input.messages` has it; of files only that they were there. */
export function inputMessages(prompt: Prompt): unknown[] {
  return prompt.map(({ role, content }: Message) => ({
    role,
    parts: typeof content === 'string' ? [{ type: 'text', content }] : content.map(partOf),
  }));
}

function partOf(part: PromptPart): object {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return { type: part.type, content: part.text };
    case 'tool-call':
      return { type: 'tool_call', id: part.toolCallId, name: part.toolName, arguments: part.input };
    case 'tool-result':
      return { type: 'tool_call_response', id: part.toolCallId, response: part.output };
    default:
      return { type: part.type };
  }
}
