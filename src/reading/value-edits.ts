import { type MaybePlace, placeIn } from '../incremental/explaining/place.ts';
import type { ValueRule } from '../trace/fix.ts';
import type { Edit } from './edit.ts';
import type { SourceMember, SourceObject } from './source-value.ts';

export function replace(start: number, end: number, text: string, place: MaybePlace, rule: ValueRule): Edit {
  return { start, end, text, place, rule };
}

export function insert(position: number, text: string, place: MaybePlace, rule: ValueRule): Edit {
  return { start: position, end: position, text, place, rule };
}

/** Adds edits one by one: a call takes no hundred thousand arguments. */
export function append(edits: Edit[], more: readonly Edit[]): void {
  for (const edit of more) edits.push(edit);
}

/**
 * Takes members out, each with the comma before it; the first ones, which have none, with the comma behind them. So it can
 * be said when a member is read, whatever follows.
 */
export function removals({ members }: SourceObject, removed: ReadonlySet<SourceMember>, place: MaybePlace): Edit[] {
  const firstKept = members.findIndex((member) => !removed.has(member));
  return members.flatMap((member, index) => {
    if (!removed.has(member)) return [];
    const before = members[index - 1];
    const isBehindKept = firstKept !== -1 && index > firstKept && before !== undefined;
    const start = isBehindKept ? before.node.end : member.nameStart;
    const end = isBehindKept ? member.node.end : (members[index + 1]?.nameStart ?? member.node.end);
    return [replace(start, end, '', placeIn(place, member.name), 'null-member')];
  });
}
