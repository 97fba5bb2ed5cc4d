import type { Decision, EscalationSummary, InboxStats } from '../../../src/index.ts';
import { ageOf } from './age.ts';
import { cutTo, padTo } from './columns.ts';

/** One escalation on one line: its id, its age, its scope, who is on it or decided it, and what it is called. */
export function listLine(escalation: EscalationSummary, { now, columns }: { now: number; columns: number }): string {
  const { id, scope, createdAt, claimed, decision } = escalation;
  const note = decision === undefined ? (claimed === undefined ? '' : `${claimed.by} is on it`) : decided(decision);
  const words = [padTo(oneLine(scope), 12), oneLine(note), nameOf(escalation)].filter((word) => word !== '');
  return cutTo(`${id}  ${ageOf(createdAt, now).padStart(4)}  ${words.join('  ')}`, columns);
}

export function statsText({ pending, decided, expired, oldestPendingAt, window }: InboxStats): string {
  const oldest = oldestPendingAt === undefined ? '' : `, the oldest since ${oldestPendingAt}`;
  const decisions = Object.entries(window.decisions).map(([type, count]) => `${count} ${type}`);
  return [
    `${pending} pending${oldest}; ${decided} decided, ${expired} expired`,
    ...(decisions.length === 0 ? [] : [`decided so far: ${decisions.join(', ')}`]),
  ].join('\n');
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

/** Text on one line, without what a terminal obeys. */
export function oneLine(text: string): string {
  return cutTo(visible(text.replaceAll(/\s+/g, ' ')).trim(), 110);
}

/** Text from a model may hold what a terminal obeys: control characters are shown, not sent. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '�');
}
