/** A JSON value that was read from a text, and where it stands there: from `start` to `end`, in UTF-16 code units. */
export type SourceValue = SourceObject | SourceArray | SourceScalar;

interface Place {
  readonly start: number;
  readonly end: number;
  /** What `plainValue` made of it. */
  value?: unknown;
}

export interface SourceObject extends Place {
  readonly type: 'object';
  readonly members: readonly SourceMember[];
}

export interface SourceMember {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly node: SourceValue;
}

export interface SourceArray extends Place {
  readonly type: 'array';
  readonly items: readonly SourceValue[];
}

export interface SourceScalar extends Place {
  readonly type: 'string' | 'number' | 'literal';
  /** The value as JSON text, whatever the source writes. */
  readonly json: string;
  /** Of a number or a literal: whether the source does not write it as JSON does. */
  readonly isForeign?: boolean;
}

/** The value itself. It is made when it is asked for, because most of what is broken comes to nothing. */
export function plainValue(node: SourceValue): unknown {
  node.value ??= made(node);
  return node.value;
}

/** Passes on to a value inside another one what is known of both. */
export function passOn(outer: SourceValue, inner: SourceValue, key: string | number): SourceValue {
  inner.value ??= (outer.value as Readonly<Record<string | number, unknown>> | undefined)?.[key];
  return inner;
}

function made(node: SourceValue): unknown {
  if (node.type === 'array') return node.items.map(plainValue);
  if (node.type !== 'object') return scalarOf(node);
  const object: Record<string, unknown> = {};
  for (const member of node.members) setMember(object, member.name, plainValue(member.node));
  return object;
}

function scalarOf({ type, json }: SourceScalar): unknown {
  if (type === 'string') return textOf(json);
  return type === 'number' ? Number(json) : json === 'null' ? null : json === 'true';
}

/** The text of a JSON string. */
export function textOf(json: string): string {
  return json.includes('\\') ? JSON.parse(json) : json.slice(1, -1);
}

/** Sets an own member, `__proto__` included. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}
