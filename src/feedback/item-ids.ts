import type { ProviderMetadata } from '../model/language-model.ts';

/*
 * A provider that keeps its answers takes an item of one by its id, in place of what we would send: an id of an item it
 * has not kept is refused, and so is one that is there twice, and a reasoning item without the item that followed it.
 */

interface Parts {
  readonly type: string;
  readonly providerMetadata?: ProviderMetadata | undefined;
  readonly providerOptions?: ProviderMetadata | undefined;
}

/** The parts without their items' ids, and without reasoning that is known by its id alone. */
export function withoutItemIds<PART extends Parts>(parts: readonly PART[]): PART[] {
  return parts.filter((part) => part.type !== 'reasoning' || !hasItemId(part)).map(withoutItemId);
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
