import type { JSONValue } from '@ai-sdk/provider';

/** The texts of a prompt under the names of their roles; anything else as JSON. */
export function promptText(prompt: JSONValue): string {
  if (!Array.isArray(prompt)) return JSON.stringify(prompt, null, 2);
  return prompt.map((message) => `${memberText(message, 'role')}:\n${contentText(message)}`).join('\n\n');
}

function contentText(message: JSONValue): string {
  const content = memberOf(message, 'content');
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return JSON.stringify(content ?? null);
  return content.map((part) => memberText(part, 'text') || JSON.stringify(part)).join('\n');
}

function memberText(value: JSONValue, name: string): string {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : '';
}

function memberOf(value: JSONValue, name: string): JSONValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([member]) => member === name)?.[1];
}
