/** A JSON value that was read from a text, and where it stands there: from `start` to `end`, in UTF-16 code units. */
export type SourceValue = SourceObject | SourceArray | SourceScalar;

interface Place {
  readonly start: number;
  end: number;
}

export interface SourceObject extends Place {
  readonly type: 'object';
  readonly members: SourceMember[];
  readonly value: Record<string, unknown>;
}

export interface SourceMember {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: SourceValue;
}

export interface SourceArray extends Place {
  readonly type: 'array';
  readonly items: SourceValue[];
  readonly value: unknown[];
}

export interface SourceScalar extends Place {
  readonly type: 'string' | 'number' | 'literal';
  /** The value as JSON text, whatever the source writes. */
  readonly json: string;
  readonly value: unknown;
}

/** Sets an own member, `__proto__` included. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}
