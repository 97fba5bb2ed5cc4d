import { isRecord } from '../../incremental/text/json-type.ts';

/** Whether two JSON values are equal, whatever the order of members. */
export function isSameValue(left: unknown, right: unknown): boolean {
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isSameValue(item, right[index]))
    );
  }
  if (!isRecord(left)) return Object.is(left, right);
  if (!isRecord(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSameValue(left[name], right[name]))
  );
}
