import { styleText } from 'node:util';
import type { Decision, Escalation, EscalationPage, EscalationSummary, InboxStats } from '../../../src/index.ts';

/** One line for each escalation. */
export function listText({ escalations, cursor }: EscalationPage<EscalationSummary>): string {
  if (escalations.length === 0) return 'Nothing here.';
  const lines = escalations.map((escalation) => {
    const { id, scope, createdAt, title, issues, claimed, decision } = escalation;
    const note = decision === undefined ? (claimed === undefined ? '' : `${claimed.by} is on it`) : decided(decision);
    const words = [id, createdAt.slice(0, 16), scope, note, title ?? issues[0]?.message ?? 'no answer'].map(oneLine);
    return words.filter((word) => word !== '').join('  ');
  });
  return [...lines, ...(cursor === undefined ? [] : ['… and older ones'])].join('\n');
}

/** All there is to know before one decides. */
export function escalationText(escalation: Escalation): string {
  const { id, scope, stage, state, createdAt, expiresAt, prompt, attempts, proposal, audit } = escalation;
  const { title, fields = {} } = escalation;
  return [
    ...(title === undefined ? [] : [styleText('bold', oneLine(title))]),
    ...Object.entries(fields).map(([label, value]) => oneLine(`${label}: ${value}`)),
    `${styleText('bold', id)}  ${oneLine(`${scope}, ${state}, stage ${stage}`)}`,
    `filed ${minuteOf(createdAt)}, due ${minuteOf(expiresAt)} UTC`,
    heading('Prompt'),
    visible(promptText(prompt)),
    ...attempts.flatMap(({ number, stage, text, verdict }) => [
      heading(`Attempt ${number}, ${stage}`),
      visible(laidOut(text)),
      ...(verdict.type === 'pass' ? [] : verdict.issues).map(
        ({ path, message }) => `  ✗ ${oneLine(path.length === 0 ? message : `${path.join(' › ')}: ${message}`)}`,
      ),
    ]),
    ...(escalation.released === undefined
      ? []
      : [heading('Shown to the sender already'), visible(escalation.released)]),
    heading('What approve delivers'),
    visible(laidOut(proposal)),
    heading('History'),
    ...audit.map(
      ({ at, type, by, decision }) =>
        `  ${minuteOf(at)} ${decision ?? type}${by === undefined ? '' : ` by ${oneLine(by)}`}`,
    ),
  ].join('\n');
}

export function statsText({ pending, decided, expired, oldestPendingAt, window }: InboxStats): string {
  const oldest = oldestPendingAt === undefined ? '' : `, the oldest since ${oldestPendingAt}`;
  const decisions = Object.entries(window.decisions).map(([type, count]) => `${count} ${type}`);
  return [
    `${pending} pending${oldest}; ${decided} decided, ${expired} expired`,
    ...(decisions.length === 0 ? [] : [`decided so far: ${decisions.join(', ')}`]),
  ].join('\n');
}

/** A time to the minute: `2027-01-31 14:05`. */
function minuteOf(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

export const decisionPast: Readonly<Record<Decision['type'], string>> = {
  approve: 'Approved',
  edit: 'Corrected',
  retry: 'Sent back',
  reject: 'Rejected',
  escalate: 'Passed on',
};

/** What an escalation is called; without a title, what is wrong with its answer. */
export function nameOf({ title, issues }: EscalationSummary): string {
  return oneLine(title ?? issues[0]?.message ?? 'no answer');
}

export function decided(decision: NonNullable<EscalationSummary['decision']>): string {
  return `${decision.type}${decision.by === undefined ? '' : ` by ${oneLine(decision.by)}`}`;
}

/** JSON without line breaks, laid out for people to read and to edit; a text that this would change stays as it is. */
export function laidOut(text: string): string {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

/** The texts of a prompt, each under whose it is; what is no text is shown as JSON. */
function promptText(prompt: unknown): string {
  if (!Array.isArray(prompt)) return JSON.stringify(prompt, null, 2);
  // Cast: an escalation's prompt is the SDK's prompt as JSON.
  const messages = prompt as { role: string; content: string | { text?: string }[] }[];
  return messages
    .map(({ role, content }) => {
      const parts = typeof content === 'string' ? [content] : content.map((part) => part.text ?? JSON.stringify(part));
      return `${role}: ${parts.join('\n')}`;
    })
    .join('\n\n');
}

function heading(title: string): string {
  return `\n${styleText('bold', title)}`;
}

const maxShown = 110;

/** Text on one line, without what a terminal obeys. */
export function oneLine(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, ' ')).trim();
  return line.length <= maxShown ? line : `${line.slice(0, maxShown - 1)}…`;
}

/** Text from a model may hold what a terminal obeys: control characters are shown, not sent. */
function visible(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '�');
}
