import { styleText } from 'node:util';
import type { EscalationSummary } from '../../../src/index.ts';
import { nameOf, oneLine } from './show.ts';

/** What the screen shows of the queue. */
export interface QueueView {
  readonly escalations: readonly EscalationSummary[];
  readonly selected: number;
  /** What the last key did. */
  readonly notice: string;
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
}

const keyHelp = ['j/k move', 'enter open', 'e edit', 'a approve', 's send back', 'r reject', 'u refresh', 'q quit'];

/** The queue as lines that fit the screen, the selected one in view. */
export function queueLines({ escalations, selected, notice, columns, rows, now }: QueueView): string[] {
  const help = keyLines(columns);
  const room = Math.max(3, rows - 3 - help.length);
  const first = Math.min(Math.max(0, selected - Math.floor(room / 2)), Math.max(0, escalations.length - room));
  const shown = escalations.slice(first, first + room).map((escalation, index) => {
    const line = cutTo(queueLine(escalation, now), columns - 2);
    return first + index === selected ? styleText('inverse', `> ${line}`) : `  ${line}`;
  });
  const count = escalations.length === 1 ? '1 escalation waits' : `${escalations.length} escalations wait`;
  return [
    styleText(
      'bold',
      cutTo(escalations.length === 0 ? 'Nothing waits. New escalations show up here.' : `${count}.`, columns),
    ),
    ...shown,
    '',
    cutTo(notice, columns),
    ...help.map((line) => styleText('dim', line)),
  ];
}

/** The keys on as many lines as the screen needs for them. */
function keyLines(columns: number): readonly string[] {
  const lines: string[] = [];
  for (const key of keyHelp) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 2 + key.length > columns) lines.push(cutTo(key, columns));
    else lines[lines.length - 1] = `${line}  ${key}`;
  }
  return lines;
}

function queueLine(escalation: EscalationSummary, now: number): string {
  const { createdAt, claimed, scope, fields = {} } = escalation;
  const values = Object.values(fields).map((value) => `  ${oneLine(String(value))}`);
  const holder = claimed === undefined ? '' : ` [${oneLine(claimed.by)}]`;
  return `${ageOf(now - Date.parse(createdAt)).padStart(4)}  ${oneLine(scope).slice(0, 12).padEnd(12)}  ${nameOf(escalation)}${values.join('')}${holder}`;
}

/** In the largest unit that fits: `5s`, `12m`, `3h`, `2d`. */
export function ageOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

function cutTo(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
}
