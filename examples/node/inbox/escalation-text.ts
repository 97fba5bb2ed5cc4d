import { styleText } from 'node:util';
import type { Escalation, Issue } from '../../../src/index.ts';
import { ageOf, minuteOf, spanOf } from './age.ts';
import { folded, wrapped } from './columns.ts';
import { decisionPast, laidOut, oneLine, visible } from './show.ts';

interface TextOptions {
  readonly now: number;
  /** How wide a line may be; without bounds in a pipe. */
  readonly columns: number;
}

/** All there is to know before one decides, and afterwards what was decided. */
export function escalationText(escalation: Escalation, { now, columns }: TextOptions): string {
  const { id, scope, stage, state, createdAt, expiresAt, prompt, attempts, proposal, audit } = escalation;
  const { issues, title, fields = {}, claimed, notes = [], earlier = [], decision, outcome, released } = escalation;
  const item = (text: string) =>
    folded(visible(text).replaceAll(/\s+/g, ' '), columns - 4).map((line, index) =>
      index === 0 ? `  ${line}` : `    ${line}`,
    );
  const body = (text: string) => folded(visible(laidOut(text)), columns);
  const issueLines = (found: readonly Issue[]) =>
    found.flatMap(({ path, message }) => item(`✗ ${path.length === 0 ? message : `${path.join(' › ')}: ${message}`}`));
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`\n${styleText('bold', title)}`, ...lines];
  const proposalTitle = state === 'pending' ? 'What approve delivers' : "The model's answer";
  const due = state === 'pending' ? `, due ${minuteOf(expiresAt)} (in ${spanOf(Date.parse(expiresAt) - now)})` : '';
  return [
    ...(title === undefined ? [] : wrapped(oneLine(title), columns).map((line) => styleText('bold', line))),
    ...Object.entries(fields).flatMap(([label, value]) => wrapped(oneLine(`${label}: ${value}`), columns, '  ')),
    ...wrapped(`${id}  ${oneLine(`${scope}, ${state}, stage ${stage}`)}`, columns, '  '),
    ...folded(`filed ${minuteOf(createdAt)} (${ageOf(createdAt, now)} ago)${due} UTC`, columns),
    ...(claimed === undefined ? [] : wrapped(`${oneLine(claimed.by)} is on it`, columns)),
    ...(decision === undefined ? [] : section('Decision', item(saidIn(decision)))),
    ...(outcome?.text === undefined ? [] : section('Final answer', body(outcome.text))),
    ...section(
      'Notes',
      notes.flatMap(({ at, by, text }) => item(`${minuteOf(at)} ${by}: ${text}`)),
    ),
    ...section(
      'Decided before about this request',
      earlier.flatMap((one) => item(`${saidIn(one.decision)} (${one.escalationId})`)),
    ),
    ...section('What is wrong', issueLines(issues)),
    ...section(proposalTitle, body(proposal)),
    ...(released === undefined ? [] : section('Shown to the sender already', folded(visible(released), columns))),
    ...section('Prompt', folded(visible(promptText(prompt)), columns)),
    ...attempts.flatMap(({ number, stage, text, verdict }) =>
      section(`Attempt ${number}, ${oneLine(stage)}`, [
        ...(text === proposal ? item(`As above: ${proposalTitle}.`) : body(text)),
        ...issueLines(verdict.type === 'pass' ? [] : verdict.issues),
      ]),
    ),
    ...section(
      'History',
      audit.flatMap(({ at, type, by, to, decision }) => {
        const change = decision ?? (typeof to === 'string' ? `${type} to ${to}` : type);
        return item(`${minuteOf(at)} ${change}${by === undefined ? '' : ` by ${by}`}`);
      }),
    ),
  ].join('\n');
}

/** What was decided, when, by whom, and what they said with it. */
function saidIn(decision: NonNullable<Escalation['decision']>): string {
  const { type, by = 'someone', at } = decision;
  const words = 'advice' in decision ? decision.advice : 'reason' in decision ? decision.reason : undefined;
  return `${minuteOf(at)} ${decisionPast[type]} by ${by}${words === undefined ? '' : `: ${words}`}`;
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
