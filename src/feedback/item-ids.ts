import type { ProviderMetadata } from '../model/language-model.ts';

/*
 * A provider that keeps its answers takes an item of one by its id, in place of what we would send: an id of an item it
 * has not kept is refused, and so is one that is there twice, a reasoning item without the item that followed it, and what
 * followed it without the reasoning. What it executed itself it takes by its id alone.
 */

interface Parts {
  readonly type: string;
  readonly providerExecuted?: boolean | undefined;
  readonly providerMetadata?: ProviderMetadata | undefined;
  readonly providerOptions?: ProviderMetadata | undefined;
}

/** The parts without their items' ids, and without what is known by its id alone: reasoning, and what was executed. */
export function withoutItemIds<PART extends Parts>(parts: readonly PART[]): PART[] {
  if (!parts.some(hasItemId)) return [...parts];
  return parts
    .filter((part) => !isExecuted(part) && (part.type !== 'reasoning' || !hasItemId(part)))
    .map(withoutItemId);
}

/** Whether the provider executed it: in a model's turn the results are its own. */
export function isExecuted({ type, providerExecuted }: Parts): boolean {
  return type === 'tool-result' || (type === 'tool-call' && providerExecuted === true);
}

/** Those that are kept, without what the provider executed after reasoning that is not, and that it knows by an id. */
export function withoutUnreasoned<PART extends Parts>(
  parts: readonly PART[],
  isKept: (part: PART, index: number) => boolean,
): PART[] {
  let isUnreasoned = false;
  return parts.filter((part, index) => {
    const keeps = isKept(part, index);
    if (part.type === 'reasoning') isUnreasoned = !keeps && hasItemId(part);
    return keeps && !(isUnreasoned && isExecuted(part));
  });
}

/** Whether the provider may know it by an id. */
export function hasItemId({ providerMetadata, providerOptions }: Parts): boolean {
  return Object.values({ ...providerMetadata, ...providerOptions }).some((metadata) => 'itemId' in metadata);
}

function withoutItemId<PART extends Parts>(part: PART): PART {
  if (!hasItemId(part)) return part;
  const { providerMetadata, providerOptions } = part;
  return {
    ...part,
    ...(providerMetadata === undefined ? {} : { providerMetadata: withoutIds(providerMetadata) }),
    ...(providerOptions === undefined ? {} : { providerOptions: withoutIds(providerOptions) }),
  };
}

/** The part by itself, whatever the provider keeps; of reasoning known by an id only its words are left. */
export function detachedFromItem<PART extends Parts>(part: PART): PART {
  if (part.type !== 'reasoning' || !hasItemId(part)) return withoutItemId(part);
  const { providerMetadata: _, providerOptions: __, ...words } = part;
  return words as PART; // the same part: its metadata is optional
}

function withoutIds(metadata: ProviderMetadata): ProviderMetadata {
  return Object.fromEntries(Object.entries(metadata).map(([name, { itemId: _, ...others }]) => [name, others]));
}
