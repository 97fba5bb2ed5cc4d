import { styleText } from 'node:util';
import type { Escalation } from '../../../src/index.ts';
import { cutTo, wrapped } from './columns.ts';
import { escalationText } from './escalation-text.ts';
import { keyLines } from './key-lines.ts';
import { visible } from './show.ts';

/** What the screen shows of one escalation. */
export interface PageView {
  readonly escalation: Escalation;
  /** The first line of its text that is shown. */
  readonly top: number;
  /** What the last key did. */
  readonly notice: string;
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
}

const decisionKeys = ['a approve', 'e edit', 's send back', 'r reject'];
const otherKeys = ['n next', 'p previous', 'q back'];

/** One escalation as lines that fill the screen: as much of its text as fits, where one is in it, and the keys. */
export function pageLines(view: PageView): string[] {
  const { top, notice, columns, rows } = view;
  const lines = textLines(view);
  const footer = footerLines(view);
  const room = roomFor(view);
  const shown = lines.slice(top, top + room);
  const filler = Array<string>(Math.max(0, room - shown.length)).fill('');
  const last = Math.min(top + room, lines.length);
  const place =
    lines.length <= room
      ? ''
      : `Lines ${top + 1} to ${last} of ${lines.length}   space/b page  j/k line  g/G first, last`;
  const said = notice === '' ? [styleText('dim', cutTo(place, columns))] : noticeLines(notice, columns);
  return [...shown, ...filler, ...said, ...footer.map((line) => styleText('dim', line))].slice(-rows);
}

/** Where a key leads in the text; `undefined` when it is no key for that. */
export function topAfter(key: string, view: PageView): number | undefined {
  const room = roomFor({ ...view, notice: '' });
  const last = Math.max(0, textLines(view).length - room);
  const page = Math.max(1, room - 1);
  const target = targetOf(key, { top: view.top, last, page });
  return target === undefined ? undefined : Math.max(0, Math.min(target, last));
}

/** Where the reader is after the screen has become wider or narrower, so that its lines break elsewhere. */
export function topAfterResize(before: PageView, after: PageView): number {
  const share = before.top / Math.max(1, textLines(before).length);
  return topAfter('resize', { ...after, top: Math.round(share * textLines(after).length) }) ?? 0;
}

function targetOf(key: string, { top, last, page }: { top: number; last: number; page: number }): number | undefined {
  switch (key) {
    case 'space':
    case 'pagedown':
      return top + page;
    case 'b':
    case 'pageup':
      return top - page;
    case 'j':
    case 'down':
    case 'return':
      return top + 1;
    case 'k':
    case 'up':
      return top - 1;
    case 'g':
    case 'home':
      return 0;
    case 'G':
    case 'end':
      return last;
    case 'resize':
      return top;
    default:
      return undefined;
  }
}

function roomFor(view: PageView): number {
  const { notice, columns, rows } = view;
  const said = notice === '' ? 1 : noticeLines(notice, columns).length;
  return Math.max(1, rows - said - footerLines(view).length);
}

function footerLines({ escalation, columns }: PageView): readonly string[] {
  return keyLines([...(escalation.state === 'pending' ? decisionKeys : []), ...otherKeys], columns);
}

function noticeLines(notice: string, columns: number): string[] {
  return wrapped(visible(notice), columns);
}

const known = new WeakMap<Escalation, { readonly columns: number; readonly lines: readonly string[] }>();

/** The text is laid out once for each width, not at each key. */
function textLines({ escalation, columns, now }: PageView): readonly string[] {
  const before = known.get(escalation);
  if (before?.columns === columns) return before.lines;
  const lines = escalationText(escalation, { now, columns }).split('\n');
  known.set(escalation, { columns, lines });
  return lines;
}
