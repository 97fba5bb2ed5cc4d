import type { Inbox } from '../../escalation/inbox.ts';
import type { Decision } from '../../trace/decision.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { type BodyOptions, bodyTypeOf, type Members, readBody } from '../requests/body.ts';
import { jsonResponse, RequestRefused } from '../requests/problem.ts';
import { claimedBy, takeOverIn } from '../requests/take-over.ts';
import { readFields } from './edit-form.ts';
import type { JudgeEdit } from './edit-issue.ts';
import { decisionPage, outcomePage } from './link-page.ts';
import { answerDigest, type LinkGrant, type LinkSecret, verifyGrant } from './link-token.ts';

interface LinkRequest {
  readonly inbox: Inbox;
  readonly secret: LinkSecret | undefined;
  readonly token: string;
}

/** Shows what a link is about and decides nothing: mail scanners open links before people do. */
export async function showLink(request: LinkRequest): Promise<Response> {
  const { grant, escalation } = await granted(request);
  const { decision, outcome } = escalation;
  if (decision !== undefined) return outcomePage(decision, { status: 200, outcome });
  if (escalation.state === 'expired') throw isOver();
  return decisionPage(escalation, grant);
}

interface LinkUse extends LinkRequest, BodyOptions {
  readonly request: Request;
  readonly judgeEdit: JudgeEdit | undefined;
}

/**
 * Decides, once: whoever comes second gets the recorded outcome. An edit with issues, and what would go over somebody's
 * claim unasked, decides nothing and is shown again as it was sent.
 */
export async function useLink({ request, maxBodyBytes, abortSignal, judgeEdit, ...link }: LinkUse): Promise<Response> {
  const isForm = bodyTypeOf(request) === 'form';
  await granted(link);
  const members = await readBody(request, { maxBodyBytes, abortSignal });
  // While the body came, the link may have ended, and another answer may have been filed.
  const { grant, escalation } = await granted(link);
  const { createdAt } = escalation;
  requireOffered(members, grant);
  const fields = members.type === 'edit' ? readFields(escalation, members) : undefined;
  const decision: Members = fields === undefined ? members : { type: 'edit', text: fields.text };

  function lost(current: Escalation): Response {
    const { state, decision: made, outcome, claimed } = current;
    if (state === 'expired') throw isOver();
    if (isForm && made !== undefined) return outcomePage(made, { status: 409, outcome, unused: writtenIn(decision) });
    if (isForm) return decisionPage(current, grant, { members, issues: [] });
    throw new RequestRefused(409, made === undefined ? claimedBy(claimed?.by) : 'This was decided already.', {
      members: { won: false, escalation: outcomeOf(current) },
    });
  }

  if (escalation.state !== 'pending') return lost(escalation);
  const issues = fields?.issues.length
    ? fields.issues
    : members.type === 'edit' && typeof decision.text === 'string'
      ? ((await judgeEdit?.(decision.text, escalation)) ?? [])
      : [];
  if (issues.length > 0) {
    if (isForm) return decisionPage(escalation, grant, { members, issues });
    throw new RequestRefused(422, 'The edited answer has issues.', { members: { issues } });
  }
  if (Date.now() >= grant.expiresAt) throw isOver();
  // The inbox reads the decision member by member and refuses what is none.
  const result = await link.inbox.decide(grant.id, decision as unknown as Decision, {
    by: grant.by ?? 'a signed link',
    takeOver: takeOverIn(members) ?? (isForm ? false : undefined),
    createdAt,
    abortSignal,
  });
  if (result.escalation.createdAt !== createdAt) throw isChanged();
  if (!result.won) return lost(result.escalation);
  if (!isForm) return jsonResponse({ won: true, escalation: outcomeOf(result.escalation) });
  // Back to where it was shown, so that a reload decides nothing; relative, since only the browser knows the address.
  const location = new URL(request.url).pathname.endsWith('/') ? `../${link.token}` : link.token;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}

/** What the link is about, while it is good: afterwards it tells nothing, not even what was decided. */
async function granted({ inbox, secret, token }: LinkRequest): Promise<{ grant: LinkGrant; escalation: Escalation }> {
  const grant = secret === undefined ? undefined : await verifyGrant(token, secret);
  if (grant === undefined) throw new RequestRefused(403, 'This link is not one of ours, or was changed on its way.');
  if (Date.now() >= grant.expiresAt) throw isOver();
  const escalation = await inbox.get(grant.id);
  if (escalation === undefined || escalation.scope !== grant.scope) {
    throw new RequestRefused(410, 'What this link was about is no longer there.');
  }
  if ((await answerDigest(escalation)) !== grant.digest) {
    throw isChanged();
  }
  return { grant, escalation };
}

/** A link allows what its page offers, and nothing besides. */
function requireOffered({ type, attempt, force }: Members, { decisions }: LinkGrant): void {
  if (!decisions.some((offered) => offered === type)) {
    throw new RequestRefused(403, 'This link does not allow that decision.');
  }
  if (attempt !== undefined) {
    throw new RequestRefused(403, 'This link is about the answer it shows, not about another attempt.');
  }
  if (force !== undefined) throw new RequestRefused(403, 'What this link decides is judged by the checks.');
}

function isChanged(): RequestRefused {
  return new RequestRefused(410, 'The answer has changed since this link was sent.');
}

function isOver(): RequestRefused {
  return new RequestRefused(410, 'The time to decide is over.');
}

/** What somebody wrote by hand, to be kept. */
function writtenIn({ text, advice, reason }: Members): string | undefined {
  return [text, advice, reason].find((written) => typeof written === 'string');
}

/** What whoever has the link learns of a decided escalation; the record holds more than its page shows. */
function outcomeOf({ id, state, decision }: Escalation) {
  return { id, state, decision };
}
