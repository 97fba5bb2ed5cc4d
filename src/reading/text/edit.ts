import { type MaybePlace, pathOf } from '../../incremental/explaining/place.ts';
import type { Fix, FixRule } from '../../trace/fix.ts';
import { longestTold, mostTold } from '../limits.ts';
import { placeAt } from './place-at.ts';
import type { SourceValue } from './source-value.ts';

/** A change of a text: what stands from `start` to `end` gives way to `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change that reading makes. */
export interface Edit extends TextEdit {
  /** The place in the result; a change of syntax has none: it is where its text stands. */
  readonly place?: MaybePlace;
  readonly rule: FixRule;
  /** Of an added closer: where the container begins that it closes. */
  readonly closes?: number;
}

/** The text from `start` to `end` with the edits made, which come in order. */
export function edited(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  edits: readonly TextEdit[],
): string {
  let text = '';
  let position = start;
  for (const edit of edits) {
    text += source.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return text + source.slice(position, end);
}

/** What the edits of a value change, in the order of the text. */
export function fixesOf(source: string, root: SourceValue, edits: readonly Edit[]): Fix[] {
  return edits.slice(0, mostTold).map((edit) => ({
    path: pathOf('place' in edit ? edit.place : placeAt(root, edit)),
    rule: edit.rule,
    from: cut(source.slice(edit.start, edit.end)),
    to: cut(edit.text),
  }));
}

/**
 * The edits that count, in the order of the text: one inside another one's range goes with it. At one place, insertions come first, as they were made, and what closes the inner container before the outer one; then the longest change.
 */
export function inOrder<EDIT extends TextEdit & { readonly closes?: number }>(edits: readonly EDIT[]): readonly EDIT[] {
  if (areInOrder(edits)) return edits;
  const kept: EDIT[] = [];
  let position = 0;
  for (const edit of [...edits].sort(byPlace)) {
    if (edit.start < position) continue;
    kept.push(edit);
    position = edit.end;
  }
  return kept;
}

/** Whether each edit begins after the one before it, as most do. */
function areInOrder(edits: readonly TextEdit[]): boolean {
  let last = -1;
  let position = 0;
  for (const { start, end } of edits) {
    if (start <= last || start < position) return false;
    last = start;
    position = end;
  }
  return true;
}

function byPlace(left: TextEdit & { readonly closes?: number }, right: typeof left): number {
  if (left.start !== right.start) return left.start - right.start;
  if (left.closes !== undefined && right.closes !== undefined) return right.closes - left.closes;
  if (left.end === left.start || right.end === right.start) return left.end - right.end;
  return right.end - left.end;
}

/** What is told of a text in a fix. */
export function cut(text: string): string {
  return text.length <= longestTold ? text : `${text.slice(0, longestTold - 1)}…`;
}
