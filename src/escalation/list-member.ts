import type { EscalationRecord } from './record.ts';

/** What a list says of an escalation without its record being read. */
export interface ListMember {
  /** What the list is ordered by, in milliseconds since the epoch. */
  readonly at: number;
  readonly id: string;
  readonly scope: string;
  /** In the list of changes. */
  readonly revision?: string;
}

export function createdMember({ escalation: { createdAt, id, scope } }: EscalationRecord): ListMember {
  return { at: Date.parse(createdAt), id, scope };
}

export function changedMember({ changedAt, revision, escalation: { id, scope } }: EscalationRecord): ListMember {
  return { at: changedAt, id, scope, revision };
}

export function memberText({ at, id, scope, revision }: ListMember): string {
  return JSON.stringify(revision === undefined ? [at, id, scope] : [at, id, scope, revision]);
}

export function readMember(text: string): ListMember {
  try {
    const [at, id, scope, revision]: unknown[] = JSON.parse(text);
    const member = { at: Number(at), id: String(id), scope: String(scope) };
    return revision === undefined ? member : { ...member, revision: String(revision) };
  } catch {
    return { at: 0, id: '', scope: '' };
  }
}
