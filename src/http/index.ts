/**
 * The inbox over HTTP, its client, and signed links.
 *
 * @module ai-staged-retry/http
 */
export type { Actor, Authorize, InboxAction } from './actor.ts';
export type { EditIssue, JudgeEdit } from './edit-issue.ts';
export { type EscalationLinkOptions, escalationLink } from './escalation-link.ts';
export { type InboxClient, type InboxClientOptions, InboxRequestError, inboxClient } from './inbox-client.ts';
export { type InboxHandlerOptions, inboxHandler } from './inbox-handler.ts';
export type { LinkSecret } from './link-token.ts';
export type { Problem } from './problem.ts';
