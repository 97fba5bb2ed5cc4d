import type { BulkResult, Inbox } from '../../escalation/inbox.ts';
import type { Decision } from '../../trace/decision.ts';
import { deciderOf, maySee, type Somebody } from './actor.ts';
import type { Members } from './body.ts';
import { jsonResponse, notFound, type Problem, problemOf, RequestRefused } from './problem.ts';
import { refusalOf } from './refusal.ts';
import { takeOverIn } from './take-over.ts';

/** What a decision about one of many came to, as a client reads it. */
export type BulkAnswer =
  | Extract<BulkResult, { readonly escalation: unknown }>
  | { readonly id: string; readonly won: false; readonly problem: Problem };

const maxIds = 100;

/** Decides many alike: `{ ids, decision, takeOver }`. Those of another scope are not there at all. */
export async function decideMany(
  { ids, decision, ...options }: Members,
  { inbox, actor, abortSignal }: { readonly inbox: Inbox; readonly actor: Somebody; readonly abortSignal: AbortSignal },
): Promise<Response> {
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > maxIds) {
    throw new RequestRefused(400, `ids is a list of 1 to ${maxIds} ids: send more in several requests.`);
  }
  const found = await Promise.all(ids.map((id) => (isId(id) ? inbox.get(id) : undefined)));
  const isVisible = found.map((escalation) => escalation !== undefined && maySee(actor, escalation));
  const visible = ids.filter((_, index) => isVisible[index]);
  // Cast: the inbox reads the decision member by member and refuses what is none.
  const results = await inbox.decide(visible, decision as Decision, {
    ...deciderOf(actor, takeOverIn(options)),
    abortSignal,
  });
  const answers = results.map(answerOf).values();
  const missing = (id: string): BulkAnswer => ({ id, won: false, problem: problemOf(notFound()) });
  return jsonResponse({ results: ids.map((id, index) => (isVisible[index] && answers.next().value) || missing(id)) });
}

function answerOf(result: BulkResult): BulkAnswer {
  return 'escalation' in result ? result : { id: result.id, won: false, problem: problemOf(refusalOf(result.error)) };
}

/** What is none is not there either: it must not keep the others from being decided. */
function isId(id: unknown): id is string {
  return typeof id === 'string' && /^[\w-]{24}$/.test(id);
}
