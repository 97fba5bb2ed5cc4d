import { type MaybePlace, placeIn } from '../../incremental/explaining/place.ts';
import type { SourceValue } from './source-value.ts';

/** What a change of syntax changes: the text from `start` to `end`, or an added closer of the container that begins at `closes`. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly closes?: number;
}

/** Where a change of syntax stands in a value: at the scalar that it changes, or else at the container around it. */
export function placeAt(root: SourceValue, { start, end, closes }: Change): MaybePlace {
  const at = closes ?? start;
  const isInserted = start === end && closes === undefined;
  let place: MaybePlace;
  for (let node = root; ; ) {
    const index = lastBegun(node, isInserted ? at - 1 : at);
    const inner = childAt(node, index);
    if (inner === undefined || inner.end <= at) return place;
    place = placeIn(place, node.type === 'object' ? (node.members[index]?.name ?? '') : index);
    node = inner;
  }
}

/** The index of the last child of a value that begins at a position or before it. */
function lastBegun(node: SourceValue, position: number): number {
  let low = 0;
  let high = node.type === 'object' ? node.members.length : node.type === 'array' ? node.items.length : 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((childAt(node, middle)?.start ?? position) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function childAt(node: SourceValue, index: number): SourceValue | undefined {
  if (node.type === 'object') return node.members[index]?.node;
  return node.type === 'array' ? node.items[index] : undefined;
}
