import type { Inbox } from '../../escalation/inbox.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { JudgeEdit } from '../links/edit-issue.ts';
import { showLink, useLink } from '../links/link-requests.ts';
import type { LinkSecret } from '../links/link-token.ts';
import { type Authorize, actorOf, maySee, type Somebody } from './actor.ts';
import { bodyTypeOf, readBody } from './body.ts';
import { changeOne } from './change-one.ts';
import { decideMany } from './decide-many.ts';
import { jsonResponse, notFound } from './problem.ts';
import { readInbox } from './read-inbox.ts';
import { routeOf } from './route.ts';
import { requireSameOrigin } from './same-origin.ts';

interface AnswerOptions {
  readonly inbox: Inbox;
  readonly authorize: Authorize | undefined;
  readonly secret: LinkSecret | undefined;
  readonly judgeEdit: JudgeEdit | undefined;
  readonly maxBodyBytes: number;
  readonly onError: (error: unknown) => void;
  /** Aborted when the request was answered without it: nothing is changed then. */
  readonly abortSignal: AbortSignal;
}

/**
 * Answers a request to an inbox; what is refused rejects with `RequestRefused`. Nothing of a body is read before it is
 * known who sent it.
 */
export async function answer(request: Request, options: AnswerOptions): Promise<Response> {
  const { inbox, authorize, secret, judgeEdit, maxBodyBytes, onError, abortSignal } = options;
  const route = routeOf(request);
  if (request.method === 'POST') {
    requireSameOrigin(request);
    bodyTypeOf(request);
  }
  switch (route.type) {
    case 'show-link':
      return await showLink({ inbox, secret, token: route.token });
    case 'use-link':
      return await useLink({ inbox, secret, token: route.token, request, judgeEdit, maxBodyBytes, abortSignal });
    case 'list':
    case 'stats':
    case 'watch':
    case 'export':
      return await readInbox(route.type, request, {
        inbox,
        actor: await actorOf(authorize, request, route.type),
        onError,
      });
    case 'get':
      return jsonResponse(await find(inbox, route.id, await actorOf(authorize, request, route.type)));
    case 'decide-many': {
      const actor = await actorOf(authorize, request, 'decide');
      return await decideMany(await readBody(request, { maxBodyBytes, abortSignal }), { inbox, actor, abortSignal });
    }
    case 'decide':
    case 'claim':
    case 'release':
    case 'assign':
    case 'note': {
      const actor = await actorOf(authorize, request, route.type);
      const body = await readBody(request, { maxBodyBytes, abortSignal });
      await find(inbox, route.id, actor);
      return await changeOne(route, body, { inbox, actor, abortSignal });
    }
  }
}

/** Another scope's escalation is not there at all. */
async function find(inbox: Inbox, id: string, actor: Somebody): Promise<Escalation> {
  const escalation = await inbox.get(id);
  if (escalation !== undefined && maySee(actor, escalation)) return escalation;
  throw notFound();
}
