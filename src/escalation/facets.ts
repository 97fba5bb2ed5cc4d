import type { Escalation } from '../trace/escalation.ts';

/** One property that lists are kept by: its name and value, as `['stage', 'human']` or `['metadata', 'tier', 'gold']`. */
export type Facet = readonly string[];

/** Which escalations a list is about; each member given must hold. */
export interface EscalationFilter {
  /** The human stage that filed it. */
  readonly stage?: string | undefined;
  /** Who works on it now. */
  readonly claimedBy?: string | undefined;
  /** Members of the call's metadata, by equal text: `{ order: 7 }` and `{ order: '7' }` are one. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Lists are kept by the first ten members of the metadata that are short scalars. */
const maxMetadataFacets = 10;
const maxFacetLength = 200;

/** What an escalation is listed by from its filing on; a claim comes and goes. */
export function facetsOf({ stage, metadata = {} }: Pick<Escalation, 'stage' | 'metadata'>): Facet[] {
  const scalars = Object.entries(metadata).filter(([, value]) => value !== null && typeof value !== 'object');
  const facets = scalars.map(([name, value]) => ['metadata', name, String(value)]);
  const short = facets.filter((facet) => facet.join('').length <= maxFacetLength);
  return [['stage', stage], ...short.slice(0, maxMetadataFacets)];
}

export function claimFacet(by: string): Facet {
  return ['claimedBy', by];
}

/** The facets that a filter asks for. */
export function facetsAskedFor({ stage, claimedBy, metadata = {} }: EscalationFilter): Facet[] {
  return [
    ...(claimedBy === undefined ? [] : [claimFacet(claimedBy)]),
    ...(stage === undefined ? [] : [['stage', stage]]),
    ...Object.entries(metadata).map(([name, value]) => ['metadata', name, String(value)]),
  ];
}

/** Whether an escalation is what a filter asks for, by its record rather than by a list that may be behind. */
export function hasFacets(escalation: Escalation, facets: readonly Facet[]): boolean {
  const { claimed } = escalation;
  const own = [...facetsOf(escalation), ...(claimed === undefined ? [] : [claimFacet(claimed.by)])].map(keyOf);
  return facets.every((facet) => own.includes(keyOf(facet)));
}

export function keyOf(facet: Facet): string {
  return JSON.stringify(facet);
}
