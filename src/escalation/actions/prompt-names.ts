/** Names and ids that are not the caller's words. */
const structural = new Set(['type', 'role', 'toolCallId', 'toolName', 'mediaType', 'approvalId']);

/** Whether a member of a message or of a part is such a name. */
export function isStructural(name: string, member: unknown): boolean {
  return structural.has(name) && typeof member === 'string';
}

/** Whether a member of a part is JSON of a tool's, in which no name means anything to us. */
export function isToolJson(name: string, part: object): boolean {
  const type = 'type' in part ? part.type : undefined;
  if (name === 'input') return type === 'tool-call';
  return name === 'value' && (type === 'json' || type === 'error-json');
}
