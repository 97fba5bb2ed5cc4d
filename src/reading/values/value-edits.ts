import { type MaybePlace, placeIn } from '../../incremental/explaining/place.ts';
import type { ValueRule } from '../../trace/fix.ts';
import type { Edit } from '../text/edit.ts';
import type { SourceMember, SourceObject, SourceValue } from '../text/source-value.ts';

export function replace(start: number, end: number, text: string, place: MaybePlace, rule: ValueRule): Edit {
  return { start, end, text, place, rule };
}

export function insert(position: number, text: string, place: MaybePlace, rule: ValueRule): Edit {
  return { start: position, end: position, text, place, rule };
}

/** Closes what was opened before a value. */
export function closeAround(
  { start, end }: Pick<SourceValue, 'start' | 'end'>,
  text: string,
  place: MaybePlace,
  rule: ValueRule,
): Edit {
  return { ...insert(end, text, place, rule), closes: start - 0.5 };
}

/**
 * The edits that count beside each other: no closer for a container that was taken off or lies around what was read, and
 * no comma before a member that was left out, or after what was read.
 */
export function compatible(
  edits: readonly Edit[],
  { start, end: endOfRead }: Pick<SourceValue, 'start' | 'end'>,
): readonly Edit[] {
  if (!edits.some(({ rule }) => rule === 'closer' || rule === 'comma')) return edits;
  const removed = new Set<number>();
  const left = new Set<number>();
  for (const edit of edits) {
    if (edit.rule === 'single-item') removed.add(edit.start);
    if (edit.rule === 'null-member') left.add(edit.start);
  }
  return edits.filter(({ rule, closes, start: at, end }) => {
    if (rule === 'closer' && closes !== undefined) return closes >= start && !removed.has(closes);
    return rule !== 'comma' || at !== end || (!left.has(at) && at !== endOfRead);
  });
}

/** Gathers edits in turn; those of one reading alone are passed on as they are. */
export class Edits {
  #all: readonly Edit[] = none;
  #own: Edit[] | undefined;

  get all(): readonly Edit[] {
    return this.#all;
  }

  add(more: readonly Edit[]): void {
    if (more.length === 0) return;
    if (this.#own !== undefined) for (const edit of more) this.#own.push(edit);
    else if (this.#all.length === 0) this.#all = more;
    else this.#all = this.#own = [...this.#all, ...more];
  }
}

const none: readonly never[] = [];

/**
 * Takes members out, each with the comma before it; the first ones, which have none, with the comma after them. So it can
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
