import { toBase64 } from './base64.ts';

/**
 * JSON with sorted member names, so that equal values have equal text. Members that are `undefined` are left out, dates
 * become ISO strings, URLs strings, and bytes base64 (or what `writeBytes` makes of them) after a marker that no JSON
 * value can imitate.
 *
 * @throws TypeError for other values that are no plain JSON (a Map, a RegExp, a function): two of them could collapse
 * into one text.
 */
export function canonicalJson(value: unknown, writeBytes: WriteBytes = toBase64): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : `#${value}`;
    case 'bigint':
      return `#${value}n`;
    case 'undefined':
      return '#undefined';
    case 'object':
      return value === null ? 'null' : canonicalObject(value, writeBytes);
    default:
      throw new TypeError(`A ${typeof value} has no JSON form.`);
  }
}

type WriteBytes = (bytes: Uint8Array) => string;

function canonicalObject(value: object, writeBytes: WriteBytes): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, writeBytes)).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof URL) return JSON.stringify(value.href);
  if (value instanceof ArrayBuffer) return `#${writeBytes(new Uint8Array(value))}`;
  if (ArrayBuffer.isView(value))
    return `#${writeBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError(`A ${value.constructor.name} has no JSON form.`);
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, writeBytes)}`);
  return `{${members.join(',')}}`;
}
