import type { ChangeResult, Inbox } from '../../escalation/inbox.ts';
import type { Decision } from '../../trace/decision.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { deciderOf, nameOf, type Somebody } from './actor.ts';
import type { Members } from './body.ts';
import { jsonResponse, RequestRefused } from './problem.ts';
import { takeOverIn } from './take-over.ts';

interface Change {
  readonly type: 'decide' | 'claim' | 'release' | 'assign' | 'note';
  readonly id: string;
}

interface Changer {
  readonly inbox: Inbox;
  readonly actor: Somebody;
  readonly abortSignal: AbortSignal;
}

/** Does to one escalation what a request asks for, in the name of who sent it. */
export async function changeOne({ type, id }: Change, body: Members, changer: Changer): Promise<Response> {
  const { inbox, actor, abortSignal } = changer;
  switch (type) {
    case 'decide': {
      // Cast: the inbox reads the decision member by member and refuses what is none.
      const decision = body as unknown as Decision;
      return resultOf(await inbox.decide(id, decision, { ...deciderOf(actor, takeOverIn(body)), abortSignal }));
    }
    case 'claim': {
      const { ttlMs } = body;
      if (ttlMs !== undefined && typeof ttlMs !== 'number') throw new RequestRefused(400, 'ttlMs is a number.');
      return resultOf(
        await inbox.claim(id, { by: nameOf(actor), abortSignal, ...(ttlMs === undefined ? {} : { ttlMs }) }),
      );
    }
    case 'release':
      return resultOf(await inbox.release(id, { by: nameOf(actor), abortSignal }));
    case 'assign': {
      const { to } = body;
      if (to !== null && typeof to !== 'string') throw new RequestRefused(400, 'to is a name, or null for nobody.');
      return resultOf(await inbox.assign(id, { to, by: nameOf(actor), abortSignal }));
    }
    case 'note': {
      const { text } = body;
      if (typeof text !== 'string') throw new RequestRefused(400, 'text is the note.');
      return resultOf(await inbox.note(id, { by: nameOf(actor), text, abortSignal }));
    }
  }
}

function resultOf(result: ChangeResult): Response {
  if (result.won) return jsonResponse(result);
  throw new RequestRefused(409, whyLost(result.escalation), { members: { ...result } });
}

function whyLost({ state, claimed }: Escalation): string {
  switch (state) {
    case 'decided':
      return 'This was decided already.';
    case 'expired':
      return 'The time to decide is over.';
    case 'pending':
      return claimed === undefined ? 'Nobody holds it.' : 'Somebody else holds it.';
  }
}
