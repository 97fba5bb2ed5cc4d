/**
 * The inbox over HTTP, its client, and signed links.
 *
 * @module ai-staged-retry/http
 */

export { type EscalationLinkOptions, escalationLink } from './escalation-link.ts';
export { type InboxClient, type InboxClientOptions, InboxRequestError, inboxClient } from './inbox-client.ts';
export { type InboxHandlerOptions, inboxHandler } from './inbox-handler.ts';
export type { EditIssue, JudgeEdit } from './links/edit-issue.ts';
export type { LinkSecret } from './links/link-token.ts';
export type { Actor, Authorize, InboxAction } from './requests/actor.ts';
export type { Problem } from './requests/problem.ts';
