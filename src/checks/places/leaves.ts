import type { IssuePath } from '../../trace/issue.ts';

/** A value of a JSON document that holds no others. */
export interface Leaf {
  readonly value: string | number | boolean | null;
  /** The nearest member name above it; `undefined` for a document that is a leaf. */
  readonly member: string | undefined;
  path(): IssuePath;
}

interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
}

/** The leaves of a JSON value in its order, however deep it is nested; `withNames`, also the names of its members. */
export function* leavesOf(document: unknown, withNames?: 'withNames'): Generator<Leaf> {
  const waiting: { value: unknown; place: Place | undefined; member: string | undefined }[] = [
    { value: document, place: undefined, member: undefined },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, place, member } = next;
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index -= 1) {
        waiting.push({ value: value[index], place: { parent: place, key: index }, member });
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value).reverse()) {
        if (withNames) yield { value: key, member, path: () => pathOf({ parent: place, key }) };
        waiting.push({ value: inner, place: { parent: place, key }, member: key });
      }
    } else if (value !== undefined) {
      yield { value: value as Leaf['value'], member, path: () => pathOf(place) }; // JSON has no other values
    }
  }
}

function pathOf(place: Place | undefined): IssuePath {
  const path: (string | number)[] = [];
  for (let current = place; current !== undefined; current = current.parent) path.push(current.key);
  return path.reverse();
}
