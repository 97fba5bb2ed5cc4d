import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { maxNameLength } from '../escalation/require-name.ts';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import { answerDigest, type LinkSecret, maxTokenLength, requireSecret, signGrant } from './links/link-token.ts';

/** The escalation, the handler that answers the link, and what the link allows. */
export interface EscalationLinkOptions {
  /** Where the `inboxHandler` is mounted. */
  readonly url: string | URL;
  /** The handler's `secret`. */
  readonly secret: LinkSecret;
  /** The escalation to decide. */
  readonly escalation: Escalation;
  /**
   * How long the link is valid, in milliseconds, but never longer than the escalation.
   * @default as long as the escalation
   */
  readonly ttlMs?: number;
  /** The decisions that the link allows. @default ['approve', 'edit', 'retry', 'reject'] */
  readonly decisions?: readonly Decision['type'][];
  /** The person the link is sent to, for the record. Whoever has the link can use it. */
  readonly by?: string;
}

/**
 * Creates a signed link to a page that shows an escalation. Whoever has the link can decide once, without signing in.
 * The link is valid only for the current proposal: if that changes, the link no longer works.
 *
 * @throws InvalidArgumentError for an invalid URL, secret, time or decision, and if the scope is too long for a link.
 * @example
 * const inbox = createInbox({
 *   store,
 *   onFiled: async (escalation) => tell(await escalationLink({ url: 'https://app.example/api/inbox', secret, escalation })),
 * });
 */
export async function escalationLink(options: EscalationLinkOptions): Promise<string> {
  refuseBadOptions('escalationLink', options, {
    url: true,
    secret: true,
    escalation: true,
    ttlMs: 'number',
    decisions: 'list',
    by: true,
  });
  const { url, secret, escalation, ttlMs, decisions = defaultDecisions, by } = options;
  requireSecret(secret);
  if (!URL.canParse(String(url))) throw invalid('url', 'url must be absolute: where the inbox handler is mounted.');
  if (ttlMs !== undefined && !(ttlMs > 0)) throw invalid('ttlMs', 'ttlMs must be above 0.');
  if (decisions.length === 0 || decisions.some((decision) => !allDecisions.includes(decision))) {
    throw invalid('decisions', `decisions must be some of ${allDecisions.join(', ')}.`);
  }
  if (typeof escalation?.id !== 'string')
    throw invalid('escalation', 'escalation must be one of an inbox: await inbox.get(id), or what onFiled is given.');
  if (by !== undefined && (typeof by !== 'string' || by.trim() === '' || by.length > maxNameLength)) {
    throw invalid('by', `by must be a name of at most ${maxNameLength} characters.`);
  }
  const grant = {
    id: escalation.id,
    scope: escalation.scope,
    digest: await answerDigest(escalation),
    expiresAt: Math.min(Date.now() + (ttlMs ?? Number.POSITIVE_INFINITY), Date.parse(escalation.expiresAt)),
    decisions,
    by,
  };
  const token = await signGrant(grant, secret);
  if (token.length > maxTokenLength) throw invalid('escalation', 'Its scope and by are too long for a link.');
  const link = new URL(url);
  link.pathname = `${link.pathname.replace(/\/$/, '')}/link/${token}`;
  return link.href;
}

const defaultDecisions: readonly Decision['type'][] = ['approve', 'edit', 'retry', 'reject'];
const allDecisions: readonly Decision['type'][] = [...defaultDecisions, 'escalate'];

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
