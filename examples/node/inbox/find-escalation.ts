import type { Escalation, Inbox } from '../../../src/index.ts';

export const states = ['pending', 'decided', 'expired'] as const;

/** The escalation of an id, or of how its id begins; those that are pending come first. Otherwise, what is wrong. */
export async function findEscalation(inbox: Inbox, idStart: string): Promise<Escalation | string> {
  if (idStart === '') return 'Name an escalation by its ID, or by how that begins.';
  const exact = await inbox.get(idStart);
  if (exact !== undefined) return exact;
  for (const state of states) {
    const [id, another] = await idsThatBegin(inbox, idStart, state);
    if (another !== undefined) return `Several IDs begin with ${idStart}: ${id}, ${another}. Write more of it.`;
    const found = id === undefined ? undefined : await inbox.get(id);
    if (found !== undefined) return found;
  }
  return `There is no escalation ${idStart}.`;
}

/** At most two of them. */
async function idsThatBegin(inbox: Inbox, idStart: string, state: Escalation['state']): Promise<readonly string[]> {
  // A search knows the beginning of an ID from six characters on.
  const search = idStart.length < 6 ? {} : { search: idStart };
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox.list({ state, ...search, limit: 100, summary: true, cursor });
    ids.push(...page.escalations.map(({ id }) => id).filter((id) => id.startsWith(idStart)));
    cursor = page.cursor;
  } while (cursor !== undefined && ids.length < 2);
  return ids.slice(0, 2);
}
