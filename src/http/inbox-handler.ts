import { InvalidArgumentError } from '@ai-sdk/provider';
import { systemEffects } from '../effects/effects.ts';
import { raced } from '../effects/waiting.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { refuseItself } from '../errors/refuse-itself.ts';
import type { Inbox } from '../escalation/inbox.ts';
import type { JudgeEdit } from './links/edit-issue.ts';
import { problemPage } from './links/link-page.ts';
import { type LinkSecret, requireSecret } from './links/link-token.ts';
import type { Authorize } from './requests/actor.ts';
import { answer } from './requests/answer-request.ts';
import { problemOf, problemResponse } from './requests/problem.ts';
import { refusalOf } from './requests/refusal.ts';

/** The inbox to serve, and who may use it. */
export interface InboxHandlerOptions {
  /** The inbox to serve. */
  readonly inbox: Inbox;
  /** Says who sent a request and whose escalations they may see. Without it, only signed links are answered. */
  readonly authorize?: Authorize;
  /**
   * The secret of `escalationLink`: at least 16 characters, better 32 random bytes. Without it, links are not answered.
   */
  readonly secret?: LinkSecret;
  /**
   * Says what is wrong with an answer that somebody edited on the page of a link: nothing is decided then, and the page
   * shows the issues beside their fields. @default only checks that numbers stay numbers
   */
  readonly judgeEdit?: JudgeEdit;
  /** The largest request body, in bytes. @default 1_048_576 (1 MiB) */
  readonly maxBodyBytes?: number;
  /** Gets the error that caused a response with status 500 or 503, or that broke off an export. */
  readonly onError?: (error: unknown) => void;
}

/** How long a store may take before the request is answered with 503. */
const timeoutMs = 15_000;

/**
 * Serves an inbox over HTTP, as a function of web standards. Mount it at any path in Next.js, Hono, Bun or Deno.
 *
 * `GET /escalations`, `GET /escalations/:id`, `POST /escalations/:id/decision`, `…/claim`, `…/release`, `…/assign` and
 * `…/note`, `POST /decisions` (the same decision for many), `GET /decisions` (JSON Lines), `GET /stats`, `GET /changes`
 * (server-sent events), and `GET` and `POST /link/:token` for the links of `escalationLink`.
 *
 * @throws InvalidArgumentError if neither `authorize` nor `secret` is given.
 * @example
 * const handler = inboxHandler({ inbox, authorize: async (request) => {
 *   const user = await userOf(request);
 *   return user && { by: user.email, scopes: [user.tenantId] };
 * } });
 * export { handler as GET, handler as POST };
 */
export function inboxHandler(options: InboxHandlerOptions): (request: Request) => Promise<Response> {
  refuseItself('inbox', options, 'inboxHandler({ inbox, authorize })');
  refuseBadOptions('inboxHandler', options, {
    inbox: true,
    authorize: true,
    secret: true,
    judgeEdit: 'function',
    maxBodyBytes: 'number',
    onError: 'function',
  });
  const { inbox, authorize, secret, judgeEdit, maxBodyBytes = 1024 * 1024, onError = () => {} } = options;
  if (typeof inbox?.decide !== 'function') throw invalid('inbox', 'inbox must be one of createInbox().');
  if (authorize === undefined && secret === undefined) {
    throw invalid('authorize', 'Give authorize, secret or both: without them nobody could be answered.');
  }
  if (authorize !== undefined && typeof authorize !== 'function')
    throw invalid('authorize', 'authorize is a function.');
  if (secret !== undefined) requireSecret(secret);
  const settings = { inbox, authorize, secret, judgeEdit, maxBodyBytes, onError };
  return async (request) => {
    const patience = new AbortController();
    try {
      const answering = answer(request, { ...settings, abortSignal: patience.signal });
      const response = await raced(answering, { timeoutMs, effects: systemEffects });
      if (request.method !== 'HEAD') return response;
      await response.body?.cancel();
      return new Response(null, response);
    } catch (error) {
      // Whoever was told that it failed sends it again: it must not be done behind their back.
      patience.abort();
      const refused = refusalOf(error);
      if (refused.status >= 500) onError(error);
      return wantsPage(request) ? problemPage(problemOf(refused)) : problemResponse(refused);
    }
  };
}

/** A person who follows a link in a browser reads a page rather than a document. */
function wantsPage({ url, headers }: Request): boolean {
  return new URL(url).pathname.includes('/link/') && (headers.get('accept') ?? '').includes('text/html');
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
