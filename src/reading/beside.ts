import { isHeld } from './scalar-readings.ts';
import type { SourceValue } from './source-value.ts';

type Span = Pick<SourceValue, 'start' | 'end'>;

/** Whether more than fences, tags, white space and closers stands around a value. */
export function hasProse(text: string, { start, end }: Span): boolean {
  return !marks.test(text.slice(0, start)) || !marks.test(text.slice(end));
}

/** Whether a value has words beside it, with no fence or tag of its own between them. */
export function hasWords(text: string, { start, end }: Span): boolean {
  const before = text.slice(0, start).trimEnd();
  const after = text.slice(end).trimStart();
  const isMarked = /(?:^|>|`{3}\w*)$/.test(before) && /^(?:$|<|`{3})/.test(after);
  return !isMarked && hasProse(text, { start, end });
}

const marks = /^(?:[\s,;}\]\uFEFF]|<[^<>\n]{1,64}>|`{3}\w*)*$/;

export function isEmpty(node: SourceValue): boolean {
  return node.type === 'object' ? node.members.length === 0 : node.type === 'array' && node.items.length === 0;
}

/** Whether each number in a value keeps its digits when it is parsed. */
export function holdsNumbers(node: SourceValue): boolean {
  if (node.type === 'object') return node.members.every((member) => holdsNumbers(member.node));
  if (node.type === 'array') return node.items.every(holdsNumbers);
  return node.type !== 'number' || isHeld(node.json);
}
