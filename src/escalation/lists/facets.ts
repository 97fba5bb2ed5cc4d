import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Escalation } from '../../trace/escalation.ts';

/** A property that members of lists are told apart by, as `['stage', 'human']` or `['metadata', 'tier', 'gold']`. */
export type Facet = readonly string[];

/** Which escalations to list. All members that are given must match. */
export interface EscalationFilter {
  /** The human stage that filed it. */
  readonly stage?: string | undefined;
  /** Who is working on it now. */
  readonly claimedBy?: string | undefined;
  /** Members of the call's metadata, compared as text: `{ order: 7 }` and `{ order: '7' }` match the same. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Every list holds them, so that they are few and short. */
const maxMetadataFacets = 10;
const maxFacetLength = 100;

export function facetsOf({ stage, metadata = {} }: Pick<Escalation, 'stage' | 'metadata'>): Facet[] {
  const facets = Object.entries(shortMetadata(metadata)).map(([name, value]) => ['metadata', name, String(value)]);
  return [['stage', stage], ...facets];
}

/** The members of the metadata that a filter can ask for. */
export function shortMetadata(metadata: NonNullable<Escalation['metadata']>): NonNullable<Escalation['metadata']> {
  const short = Object.entries(metadata).filter(([name, value]) => {
    const isScalar = value !== null && typeof value !== 'object';
    return isScalar && name.length + String(value).length <= maxFacetLength;
  });
  return Object.fromEntries(short.slice(0, maxMetadataFacets));
}

/** What a filter asks of the facets. */
export function facetsAskedFor({ stage, metadata = {} }: EscalationFilter): Facet[] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    throw new InvalidArgumentError({ argument: 'metadata', message: "metadata must be members: { tier: 'gold' }." });
  return [
    ...(stage === undefined ? [] : [['stage', stage]]),
    ...Object.entries(metadata).flatMap(([name, value]) =>
      value === undefined ? [] : [['metadata', name, String(value)]],
    ),
  ];
}

export function hasAll(facets: readonly Facet[], asked: readonly Facet[]): boolean {
  const own = new Set(facets.map((facet) => JSON.stringify(facet)));
  return asked.every((facet) => own.has(JSON.stringify(facet)));
}
