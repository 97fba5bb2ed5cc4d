import type { Escalation } from 'ai-staged-retry';

/** What may be left unsent. */
export type DraftForm = 'edit' | 'retry' | 'reject' | 'note';

/** One form of one person. The same request files another escalation when the time of the first is over. */
export function draftKey({ id, createdAt }: Escalation, name: string, form: DraftForm): string {
  return `draft ${name} ${id} ${createdAt} ${form}`;
}

/** What was left in this tab; `undefined` where nothing was. */
export function draftAt<VALUE>(key: string): VALUE | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : JSON.parse(text);
}

/** Whoever has decided has nothing left to send but notes. */
export function dropDecisionDrafts(escalation: Escalation, name: string): void {
  for (const form of ['edit', 'retry', 'reject'] as const) sessionStorage.removeItem(draftKey(escalation, name, form));
}
