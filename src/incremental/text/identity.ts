/** A value's identity: scalars stand for themselves, equal containers for one and the same token. */
export type Identity = string | number | boolean | null | ContainerIdentity;

/** Deeper values are gone through without the call stack. */
const DEEPEST = 300;

class ContainerIdentity {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/**
 * Gives equal JSON values equal identities, whatever the order of their members, so that values can be compared after
 * their text is gone. Each value costs its own size once, not once per level.
 */
export class Identities {
  readonly #containers = new Map<string, ContainerIdentity>();
  #isFrozen = false;

  /** Remembers no further containers: each that is new equals none. */
  freeze(): void {
    this.#isFrozen = true;
  }

  ofArray(items: readonly Identity[]): Identity {
    return this.#intern(`[${items.map(keyOf).join()}]`);
  }

  ofObject(members: readonly (readonly [name: string, Identity])[]): Identity {
    const keys = members.map(([name, identity]) => `${JSON.stringify(name)}:${keyOf(identity)}`);
    if (keys.length > 1) keys.sort();
    return this.#intern(`{${keys.join()}}`);
  }

  /** The identity of a whole value, at any depth. */
  of(value: unknown, depth = 0): Identity {
    if (isScalar(value)) return value;
    if (depth > DEEPEST) return this.#ofDeep(value as object);
    if (Array.isArray(value)) return this.ofArray(value.map((item) => this.of(item, depth + 1)));
    const members = Object.keys(value as object).map((name): [string, Identity] => [
      name,
      this.of((value as Readonly<Record<string, unknown>>)[name], depth + 1),
    ]);
    return this.ofObject(members);
  }

  /** The same, without the call stack. */
  #ofDeep(value: object): Identity {
    const done = new Map<object, Identity>();
    const stack: object[] = [value];
    for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
      const open = Object.values(current).filter((child) => !isScalar(child) && !done.has(child));
      if (open.length > 0) {
        for (const child of open) stack.push(child);
        continue;
      }
      stack.pop();
      if (done.has(current)) continue;
      const identityOf = (child: unknown) => (isScalar(child) ? child : (done.get(child as object) as Identity));
      done.set(
        current,
        Array.isArray(current)
          ? this.ofArray(current.map(identityOf))
          : this.ofObject(Object.entries(current).map(([name, child]) => [name, identityOf(child)])),
      );
    }
    return done.get(value) as Identity;
  }

  #intern(key: string): ContainerIdentity {
    let identity = this.#containers.get(key);
    if (identity === undefined) {
      if (this.#isFrozen) return new ContainerIdentity(-1);
      identity = new ContainerIdentity(this.#containers.size);
      this.#containers.set(key, identity);
    }
    return identity;
  }
}

export function isScalar(value: unknown): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

function keyOf(identity: Identity): string {
  if (typeof identity === 'number') return String(identity);
  return identity instanceof ContainerIdentity ? `#${identity.number}` : JSON.stringify(identity);
}
