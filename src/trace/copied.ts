/**
 * A copy of lists and plain objects, for a reader who may change it. Whatever else is in it is the same, as is a value that
 * contains itself or nests too deep for the stack.
 */
export function copied<VALUE>(value: VALUE): VALUE {
  try {
    return copyOf(value) as VALUE;
  } catch {
    return value;
  }
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const name in copy) {
    const member = copy[name];
    if (typeof member === 'object') copy[name] = copyOf(member);
  }
  return copy;
}
