import type { ChangeResult, Inbox } from '../escalation/inbox.ts';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import { type Authorize, actorOf, maySee, nameOf, type Somebody, scopeFor } from './actor.ts';
import { bodyTypeOf, type Members, readBody } from './body.ts';
import { eventStream } from './event-stream.ts';
import type { LinkSecret } from './link-token.ts';
import { showLink, useLink } from './links.ts';
import { listOptions } from './list-options.ts';
import { jsonResponse, RequestRefused } from './problem.ts';
import { routeOf } from './route.ts';
import { requireSameOrigin } from './same-origin.ts';

interface AnswerOptions {
  readonly inbox: Inbox;
  readonly authorize: Authorize | undefined;
  readonly secret: LinkSecret | undefined;
  readonly maxBodyBytes: number;
}

/**
 * Answers a request to an inbox; what is refused rejects with `RequestRefused`. Nothing of a body is read before it is
 * known who sent it.
 */
export async function answer(request: Request, options: AnswerOptions): Promise<Response> {
  const { inbox, authorize, secret, maxBodyBytes } = options;
  const route = routeOf(request);
  if (request.method === 'POST') {
    requireSameOrigin(request);
    bodyTypeOf(request);
  }
  switch (route.type) {
    case 'show-link':
      return await showLink({ inbox, secret, token: route.token });
    case 'use-link':
      return await useLink({ inbox, secret, token: route.token, request, maxBodyBytes });
    case 'list':
    case 'stats':
    case 'watch':
      return await read(route.type, request, { inbox, actor: await actorOf(authorize, request, route.type) });
    case 'get':
      return jsonResponse(await find(inbox, route.id, await actorOf(authorize, request, route.type)));
    case 'decide':
    case 'claim':
    case 'release': {
      const actor = await actorOf(authorize, request, route.type);
      const body = await readBody(request, maxBodyBytes);
      await find(inbox, route.id, actor);
      return await change(route, body, { inbox, actor });
    }
  }
}

interface Reader {
  readonly inbox: Inbox;
  readonly actor: Somebody;
}

async function read(
  type: 'list' | 'stats' | 'watch',
  { url, headers, signal }: Request,
  { inbox, actor }: Reader,
): Promise<Response> {
  const { searchParams } = new URL(url);
  const scope = scopeFor(actor, searchParams.get('scope'));
  switch (type) {
    case 'list':
      return jsonResponse(await inbox.list({ ...listOptions(searchParams), scope }));
    case 'stats':
      return jsonResponse(await inbox.stats(scope === undefined ? {} : { scope }));
    case 'watch':
      return eventStream({ inbox, scope, lastEventId: headers.get('last-event-id'), signal });
  }
}

/** Another scope's escalation is not there at all. */
async function find(inbox: Inbox, id: string, actor: Somebody): Promise<Escalation> {
  const escalation = await inbox.get(id);
  if (escalation !== undefined && maySee(actor, escalation)) return escalation;
  throw new RequestRefused(404, 'There is no such escalation.');
}

interface ChangeRoute {
  readonly type: 'decide' | 'claim' | 'release';
  readonly id: string;
}

async function change({ type, id }: ChangeRoute, body: Members, { inbox, actor }: Reader): Promise<Response> {
  switch (type) {
    case 'decide': {
      const { by } = actor;
      // Cast: the inbox reads the decision member by member and refuses what is none.
      const decision = body as unknown as Decision;
      return resultOf(await inbox.decide(id, decision, by === undefined ? {} : { by }));
    }
    case 'claim': {
      const { ttlMs } = body;
      if (ttlMs !== undefined && typeof ttlMs !== 'number') throw new RequestRefused(400, 'ttlMs is a number.');
      return resultOf(await inbox.claim(id, { by: nameOf(actor), ...(ttlMs === undefined ? {} : { ttlMs }) }));
    }
    case 'release':
      return resultOf(await inbox.release(id, { by: nameOf(actor) }));
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
