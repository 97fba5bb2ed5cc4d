import type { createEmitter, Escalation } from 'ai-staged-retry';
import { escalationLink } from 'ai-staged-retry/http';
import { appUrl } from './addresses.ts';

/**
 * Tells the team's chat of an escalation. The inbox waits for it: when it throws, or the process dies over it, the team is
 * told when the request is sent again.
 */
export async function tellTheTeam(escalation: Escalation): Promise<void> {
  const { SLACK_WEBHOOK_URL: webhook, INBOX_SECRET: secret } = process.env;
  if (!webhook) return;
  const open = `<${appUrl()}/inbox/${escalation.id}|Open it in the inbox>`;
  const link = secret ? await escalationLink({ url: `${appUrl()}/api/inbox`, secret, escalation }) : undefined;
  const decide = link ? `${open} or <${link}|decide without signing in>` : open;
  const issues = escalation.issues.map(({ message }) => `• ${escapeForSlack(message)}`);
  await post(webhook, ['An invoice needs a person.', ...issues, decide].join('\n'));
}

/**
 * Tells another channel what happens, from the events of the model. Nothing waits for a listener and nobody is told twice:
 * good for a log, not for what must arrive.
 */
export function listen(events: ReturnType<typeof createEmitter>): void {
  const webhook = process.env.EVENTS_WEBHOOK_URL;
  if (!webhook) return;
  const tell = (text: string) => post(webhook, text).catch((error) => console.error(error));
  events.on('escalation-request', ({ escalation }) => tell(`Escalation ${escalation.id} was filed.`));
  events.on('escalation-response', ({ escalation: { id }, decision: { type, by = 'somebody' } }) =>
    tell(`Escalation ${id}: ${escapeForSlack(by)} decided to ${type}.`),
  );
}

async function post(webhook: string, text: string): Promise<void> {
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The webhook answered with ${response.status}.`);
}

/** @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
