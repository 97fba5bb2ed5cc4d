import { InvalidArgumentError, type JSONObject, type JSONValue } from '@ai-sdk/provider';

/** Deeper than this, JSON is hard to read, or contains itself. */
const deepest = 100;

/**
 * A call's metadata as JSON, so that events, report, record and spans say the same: what has a `toJSON` is what that
 * returns, and members that are `undefined` are left out.
 *
 * @throws InvalidArgumentError for what JSON would lose or change, naming the place.
 */
export function plainMetadata(metadata: unknown): JSONObject {
  const plain = plainValue(metadata, 'metadata', 0);
  if (typeof plain === 'object' && plain !== null && !Array.isArray(plain)) return plain as JSONObject;
  throw refused('metadata', 'not an object', "metadata: { job: 'job-17' }");
}

function plainValue(value: unknown, place: string, depth: number): JSONValue | undefined {
  if (depth > deepest)
    throw refused(place.slice(0, 100), 'nested too deeply, or within itself', 'the part that matters');
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw refused(place, `${value}, which JSON has not`, 'a finite number or null');
    case 'object':
      return value === null ? null : plainObject(value, place, depth + 1);
    default:
      throw refused(place, `a ${typeof value}, which JSON has not`, 'a text');
  }
}

function plainObject(value: object, place: string, depth: number): JSONValue | undefined {
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON === 'function') return plainValue(toJSON.call(value, ''), place, depth);
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const plain = plainValue(item, `${place}[${index}]`, depth);
      if (plain === undefined) throw refused(`${place}[${index}]`, 'undefined in a list', 'null');
      return plain;
    });
  }
  const { constructor: type = Object } = value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw refused(place, `a ${type.name}, which JSON has not`, 'its members as a plain object or a list');
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, plainValue(member, `${place}.${name}`, depth)] as const)
      .filter(([, plain]) => plain !== undefined),
  );
}

function refused(place: string, is: string, instead: string): InvalidArgumentError {
  return new InvalidArgumentError({
    argument: 'providerOptions.stagedRetry',
    message: `providerOptions.stagedRetry: ${place} is ${is}. metadata must be a JSON object: give ${instead}.`,
  });
}
