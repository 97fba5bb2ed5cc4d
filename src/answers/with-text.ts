import type { ContentPart, GenerateResult, StreamPart } from '../model/language-model.ts';

/** The result with another text; item ids of the old text go with it, and those of the reasoning that led to it. */
export function withText({ structuredOutputText: _, ...result }: GenerateResult, text: string): GenerateResult {
  const firstText = result.content.findIndex((part) => part.type === 'text');
  const others = result.content.filter((part) => part.type !== 'text').map(withoutReasoningMetadata);
  const position = firstText === -1 ? others.length : result.content.slice(0, firstText).length;
  return { ...result, content: others.toSpliced(position, 0, { type: 'text', text }) };
}

/** A provider that keeps its answers takes a reasoning item only together with the item that followed it. */
function withoutReasoningMetadata<PART extends ContentPart | StreamPart>(part: PART): PART {
  if (!part.type.startsWith('reasoning') || !('providerMetadata' in part)) return part;
  const { providerMetadata: _, ...rest } = part;
  return rest as PART; // the same part: its metadata is optional
}

/** The parts of a stream with another text, in the place of the first. */
export function withTextParts(parts: readonly StreamPart[], text: string): StreamPart[] {
  const isText = ({ type }: StreamPart) => type === 'text-start' || type === 'text-delta' || type === 'text-end';
  const first = parts.find(isText);
  const id = first !== undefined && 'id' in first ? String(first.id) : 'text';
  const position = first === undefined ? parts.length : parts.indexOf(first);
  return parts
    .filter((part) => !isText(part))
    .map(withoutReasoningMetadata)
    .toSpliced(
      position,
      0,
      { type: 'text-start', id },
      { type: 'text-delta', id, delta: text },
      { type: 'text-end', id },
    );
}
