import { styleText } from 'node:util';
import type { EscalationSummary } from '../../../src/index.ts';
import { ageOf } from './age.ts';
import { cutTo, padTo, wrapped } from './columns.ts';
import { keyLines } from './key-lines.ts';
import { nameOf, oneLine, visible } from './show.ts';

/** What the screen shows of the queue. */
export interface QueueView {
  readonly escalations: readonly EscalationSummary[];
  /** How many wait, with those that are not read yet. */
  readonly total: number;
  readonly selected: number;
  /** What the last key did. */
  readonly notice: string;
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
}

const keyHelp = ['j/k move', 'enter open', 'e edit', 'a approve', 's send back', 'r reject', 'u refresh', 'q quit'];

/** The queue as lines that fit the screen, the selected one in view. */
export function queueLines({ escalations, total, selected, notice, columns, rows, now }: QueueView): string[] {
  const help = keyLines(keyHelp, columns);
  const said = wrapped(visible(notice), columns);
  // The cursor stands on a line of its own below.
  const room = Math.max(1, rows - 3 - said.length - help.length);
  const first = Math.min(Math.max(0, selected - Math.floor(room / 2)), Math.max(0, escalations.length - room));
  const shown = escalations.slice(first, first + room).map((escalation, index) => {
    const line = cutTo(queueLine(escalation, now), columns - 2);
    return first + index === selected ? styleText('inverse', `> ${line}`) : `  ${line}`;
  });
  const count = total === 1 ? '1 escalation waits' : `${total} escalations wait`;
  return [
    styleText(
      'bold',
      cutTo(escalations.length === 0 ? 'Nothing waits. New escalations show up here.' : `${count}.`, columns),
    ),
    ...shown,
    '',
    ...said,
    ...help.map((line) => styleText('dim', line)),
  ].slice(0, rows - 1);
}

function queueLine(escalation: EscalationSummary, now: number): string {
  const { createdAt, claimed, scope, fields = {}, noteCount } = escalation;
  const values = Object.values(fields).map((value) => `  ${oneLine(String(value))}`);
  const marks = [
    ...(claimed === undefined ? [] : [cutTo(oneLine(claimed.by), 16)]),
    ...(noteCount === undefined ? [] : [noteCount === 1 ? '1 note' : `${noteCount} notes`]),
  ];
  const marked = marks.length === 0 ? '' : `[${marks.join(', ')}] `;
  return `${ageOf(createdAt, now).padStart(4)}  ${padTo(oneLine(scope), 12)}  ${marked}${nameOf(escalation)}${values.join('')}`;
}
