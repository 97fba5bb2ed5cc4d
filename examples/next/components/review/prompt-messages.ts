export interface PromptMessage {
  readonly role: string;
  readonly text: string;
}

interface StoredMessage {
  readonly role: string;
  readonly content: string | readonly { readonly type: string; readonly text?: string }[];
}

/** A stored prompt as texts; parts that are no text are shown as JSON. */
export function promptMessages(prompt: unknown): readonly PromptMessage[] {
  if (!Array.isArray(prompt)) return [];
  // Cast: an escalation's prompt is the SDK's prompt as JSON.
  const messages = prompt as readonly StoredMessage[];
  return messages.map(({ role, content }) => ({
    role,
    text:
      typeof content === 'string'
        ? content
        : content.map((part) => part.text ?? JSON.stringify(part, null, 2)).join('\n'),
  }));
}
