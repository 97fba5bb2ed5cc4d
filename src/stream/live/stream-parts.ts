import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';

export function isText({ type }: StreamPart): boolean {
  return type === 'text-start' || type === 'text-delta' || type === 'text-end';
}

export function isReasoning({ type }: StreamPart): boolean {
  return type === 'reasoning-start' || type === 'reasoning-delta' || type === 'reasoning-end';
}

/** A later answer may use the ids of an earlier one again. */
export function withSuffix<PART extends StreamPart>(part: PART, suffix: string): PART {
  if (suffix === '' || !(isText(part) || isReasoning(part)) || !('id' in part)) return part;
  return { ...part, id: `${part.id}${suffix}` };
}

/** The last that the text parts say of their text. */
export function textMetadata(parts: readonly StreamPart[]): ProviderMetadata | undefined {
  const said = parts.map((part) => (isText(part) && 'providerMetadata' in part ? part.providerMetadata : undefined));
  return said.findLast((metadata) => metadata !== undefined);
}

/** Says on parts of the accepted answer how many reasoning parts before it are of answers that were not. */
export function withMark<PART extends StreamPart>(part: PART, mark: ProviderMetadata | undefined): PART {
  if (mark === undefined || !['text-start', 'text-end', 'tool-call'].includes(part.type)) return part;
  const { providerMetadata } = part as { providerMetadata?: ProviderMetadata };
  return { ...part, providerMetadata: { ...providerMetadata, ...mark } };
}
