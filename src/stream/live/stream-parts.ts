import type { ProviderMetadata, StreamPart } from '../../model/language-model.ts';

export function isText({ type }: StreamPart): boolean {
  return type === 'text-start' || type === 'text-delta' || type === 'text-end';
}

export function isReasoning({ type }: StreamPart): boolean {
  return type === 'reasoning-start' || type === 'reasoning-delta' || type === 'reasoning-end';
}

/** Adds a suffix to ids, because a later answer may reuse those of an earlier one. */
export function withSuffix<PART extends StreamPart>(part: PART, suffix: string): PART {
  if (suffix === '' || !(isText(part) || isReasoning(part)) || !('id' in part)) return part;
  return { ...part, id: `${part.id}${suffix}` };
}

/** The last metadata of the text parts. */
export function textMetadata(parts: readonly StreamPart[]): ProviderMetadata | undefined {
  const said = parts.map((part) => (isText(part) && 'providerMetadata' in part ? part.providerMetadata : undefined));
  return said.findLast((metadata) => metadata !== undefined);
}

/** Marks parts of the accepted answer with the number of reasoning parts of rejected answers before them. */
export function withMark<PART extends StreamPart>(part: PART, mark: ProviderMetadata | undefined): PART {
  if (mark === undefined || !['text-start', 'text-end', 'tool-call'].includes(part.type)) return part;
  const { providerMetadata } = part as { providerMetadata?: ProviderMetadata };
  return { ...part, providerMetadata: { ...providerMetadata, ...mark } };
}

/** The text of an answer up to the end of the block that its first `length` characters reach into, and the blocks after it. */
export function textReached(
  { text, parts }: { readonly text: string; readonly parts: readonly StreamPart[] },
  length: number,
): { readonly text: string; readonly later: readonly StreamPart[] } {
  let reached = '';
  let open = 0;
  for (const [index, part] of parts.entries()) {
    if (part.type === 'text-start') {
      const isBehind = open === 0 && reached !== '' && reached.length >= length;
      if (isBehind && text.startsWith(reached)) return { text: reached, later: parts.slice(index).filter(isText) };
      open += 1;
    } else if (part.type === 'text-end') open -= 1;
    else if (part.type === 'text-delta') reached += part.delta;
  }
  return { text, later: [] };
}

/** The ends of the blocks that have begun and not ended. */
export function missingEnds(parts: readonly StreamPart[]): StreamPart[] {
  const ends = new Map<string, StreamPart>();
  for (const part of parts) {
    if (part.type === 'text-start') ends.set(`text-${part.id}`, { type: 'text-end', id: part.id });
    if (part.type === 'reasoning-start') ends.set(`reasoning-${part.id}`, { type: 'reasoning-end', id: part.id });
    if (part.type === 'text-end') ends.delete(`text-${part.id}`);
    if (part.type === 'reasoning-end') ends.delete(`reasoning-${part.id}`);
  }
  return [...ends.values()];
}
