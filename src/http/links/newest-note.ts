import type { Escalation } from '../../trace/escalation.ts';
import { readableHtml } from './html.ts';
import { timeElement } from './time-element.ts';

/** In characters: a note is to be read, not to push the decision far down. */
const longestNote = 500;

/** What a colleague wrote last, as HTML. */
export function newestNote({ notes = [] }: Escalation): string {
  const newest = notes.at(-1);
  if (newest === undefined) return '';
  const { by, at, text } = newest;
  const beginning = text.slice(0, longestNote).replace(/[\uD800-\uDBFF]$/, '');
  const shown = text.length <= longestNote ? text : `${beginning}…`;
  const count = notes.length === 1 ? '' : `, the newest of ${notes.length} notes`;
  return `<aside aria-label="The newest note"><strong>${readableHtml(by)}</strong> wrote, ${timeElement(at)}${count}:
<pre>${readableHtml(shown)}</pre></aside>
`;
}
