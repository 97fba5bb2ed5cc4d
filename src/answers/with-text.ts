import type { ContentPart, GenerateResult, StreamPart } from '../model/language-model.ts';

/**
 * The result with another text, in the place of the block in which it begins; item ids of the old text go with it, and
 * those of the reasoning that led to it.
 */
export function withText({ structuredOutputText: _, ...result }: GenerateResult, text: string): GenerateResult {
  const { content } = result;
  const begins = content.findIndex((part) => part.type === 'text' && mayBegin(part.text, text));
  const start = begins === -1 ? content.findIndex(isText) : begins;
  return { ...result, content: replacedAt(start, content, [{ type: 'text', text }]) };
}

/** Whether a text has the first character of another, which was read from it. */
function mayBegin(block: string, text: string): boolean {
  return block.includes(text.charAt(0));
}

/** A provider that keeps its answers takes a reasoning item only together with the item that followed it. */
function withoutReasoningMetadata<PART extends ContentPart | StreamPart>(part: PART): PART {
  if (!part.type.startsWith('reasoning') || !('providerMetadata' in part)) return part;
  const { providerMetadata: _, ...rest } = part;
  return rest as PART; // the same part: its metadata is optional
}

/** The parts of a stream with another text, in the place of the block in which it begins. */
export function withTextParts(parts: readonly StreamPart[], text: string): StreamPart[] {
  const begins = parts.findIndex((part) => part.type === 'text-delta' && mayBegin(part.delta, text));
  const at = begins === -1 ? parts.findIndex(isText) : begins;
  const { id = 'text' } = (parts[at] ?? {}) as { readonly id?: string }; // a part of the text has one
  const start = parts.findLastIndex((part, index) => part.type === 'text-start' && part.id === id && index <= at);
  const replaced: readonly StreamPart[] = [
    { type: 'text-start', id },
    { type: 'text-delta', id, delta: text },
    { type: 'text-end', id },
  ];
  return replacedAt(start, parts, replaced);
}

/** The parts with other text from there on, or at the end if there is none. */
function replacedAt<PART extends ContentPart | StreamPart>(
  start: number,
  parts: readonly PART[],
  replaced: readonly PART[],
): PART[] {
  const place = start === -1 ? parts.length : start;
  const others = (some: readonly PART[]) => some.filter((part) => !isText(part)).map(withoutReasoningMetadata);
  return [...others(parts.slice(0, place)), ...replaced, ...others(parts.slice(place))];
}

function isText({ type }: ContentPart | StreamPart): boolean {
  return type === 'text' || type === 'text-start' || type === 'text-delta' || type === 'text-end';
}
