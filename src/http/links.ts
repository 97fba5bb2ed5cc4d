import type { Inbox } from '../escalation/inbox.ts';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import { bodyTypeOf, readBody } from './body.ts';
import { decisionPage, outcomePage } from './link-page.ts';
import { answerDigest, type LinkGrant, type LinkSecret, verifyGrant } from './link-token.ts';
import { jsonResponse, RequestRefused } from './problem.ts';

interface LinkRequest {
  readonly inbox: Inbox;
  readonly secret: LinkSecret | undefined;
  readonly token: string;
}

/** Shows what a link is about and decides nothing: mail scanners open links before people do. */
export async function showLink(request: LinkRequest): Promise<Response> {
  const { grant, escalation } = await granted(request);
  if (escalation.state === 'decided') return outcomePage(escalation, { status: 200 });
  requireOpen(grant, escalation);
  return decisionPage(escalation, grant);
}

/** Decides, once: whoever comes second gets the recorded outcome. */
export async function useLink({
  request,
  maxBodyBytes,
  ...link
}: LinkRequest & { readonly request: Request; readonly maxBodyBytes: number }): Promise<Response> {
  const isForm = bodyTypeOf(request) === 'form';
  const { grant, escalation } = await granted(link);
  const lost = (decided: Escalation) => {
    if (isForm) return outcomePage(decided, { status: 409 });
    throw new RequestRefused(409, 'This was decided already.', { members: { won: false, escalation: decided } });
  };
  if (escalation.state === 'decided') return lost(escalation);
  requireOpen(grant, escalation);
  const decision = await readBody(request, maxBodyBytes);
  if (!grant.decisions.some((type) => type === decision.type)) {
    throw new RequestRefused(403, 'This link does not allow that decision.');
  }
  if (decision.attempt !== undefined) {
    throw new RequestRefused(403, 'This link is about the answer it shows, not about another attempt.');
  }
  const by = grant.by ?? 'a signed link';
  // The inbox reads the decision member by member and refuses what is none.
  const result = await link.inbox.decide(grant.id, decision as unknown as Decision, { by });
  if (!result.won) return lost(result.escalation);
  if (!isForm) return jsonResponse(result);
  // Back to where it was shown, so that a reload decides nothing; relative, since only the browser knows the address.
  return new Response(null, { status: 303, headers: { location: link.token, 'cache-control': 'no-store' } });
}

async function granted({ inbox, secret, token }: LinkRequest): Promise<{ grant: LinkGrant; escalation: Escalation }> {
  const grant = secret === undefined ? undefined : await verifyGrant(token, secret);
  if (grant === undefined) throw new RequestRefused(403, 'This link is not one of ours, or was changed on its way.');
  const escalation = await inbox.get(grant.id);
  if (escalation === undefined || escalation.scope !== grant.scope) {
    throw new RequestRefused(410, 'What this link was about is no longer there.');
  }
  if ((await answerDigest(escalation)) !== grant.digest) {
    throw new RequestRefused(410, 'The answer has changed since this link was sent.');
  }
  return { grant, escalation };
}

function requireOpen({ expiresAt }: LinkGrant, { state }: Escalation): void {
  if (state === 'pending' && Date.now() < expiresAt) return;
  throw new RequestRefused(410, 'The time to decide is over.');
}
