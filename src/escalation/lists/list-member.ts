import type { Escalation } from '../../trace/escalation.ts';
import type { EscalationRecord } from '../record.ts';
import { type Facet, facetsOf } from './facets.ts';

/** What lists say of an escalation without its record being read; the same text on every list of a state. */
export interface ListMember {
  /** When it was filed, or decided where the list is of decided ones; in milliseconds since the epoch. */
  readonly at: number;
  readonly id: string;
  readonly scope: string;
  readonly expiresAt: number;
  readonly priority: number;
  readonly facets: readonly Facet[];
}

/** What the lists of a state say of a record. */
export function memberOf({ escalation }: EscalationRecord, state: Escalation['state']): ListMember {
  const { id, scope, createdAt, expiresAt, priority = 0, decision } = escalation;
  return {
    at: Date.parse(state === 'decided' ? (decision?.at ?? createdAt) : createdAt),
    id,
    scope,
    expiresAt: Date.parse(expiresAt),
    priority,
    facets: facetsOf(escalation),
  };
}

/** Begins with the time, so that members of one priority are in the order of their filing. */
export function memberText({ at, id, scope, expiresAt, priority, facets }: ListMember): string {
  return JSON.stringify([at, id, scope, expiresAt, priority, facets]);
}

export function readMember(text: string): ListMember {
  try {
    const [at, id, scope, expiresAt, priority, facets]: unknown[] = JSON.parse(text);
    return {
      at: Number(at),
      id: String(id),
      scope: String(scope),
      expiresAt: Number(expiresAt),
      priority: Number(priority),
      facets: Array.isArray(facets) ? facets : [],
    };
  } catch {
    return { at: 0, id: '', scope: '', expiresAt: 0, priority: 0, facets: [] };
  }
}
