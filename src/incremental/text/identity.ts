import { afford } from '../patterns/effort.ts';

/** A value's identity: scalars stand for themselves, equal containers for the same text, which no string has. */
export type Identity = string | number | boolean | null;

/** A value whose identity would be too costly has none. */
export type MaybeIdentity = Identity | undefined;

/** Deeper values are gone through without the call stack. */
const DEEPEST = 300;
/** Longer texts of containers get a number in their place, so that those around them stay short. */
const LONGEST = 60;
/** What making the identity of a container costs, and what each item and member in it. */
const STEPS_PER_CONTAINER = 30;
const STEPS_PER_ITEM = 10;
const STEPS_PER_MEMBER = 40;

/**
 * Gives equal JSON values equal identities, whatever the order of their members, so that values can be compared after
 * their text is gone. Each value costs its own size once, not once per level.
 */
export class Identities {
  readonly #known: Identities | undefined;
  readonly #numbers = new Map<string, string>();

  /** Knows the values of `known`, too, which in turn learns none of its own. */
  constructor(known?: Identities) {
    this.#known = known;
  }

  ofArray(items: readonly MaybeIdentity[]): MaybeIdentity {
    return canIdentify(items, STEPS_PER_ITEM) ? this.#short(`[${items.map(keyOf).join()}]`) : undefined;
  }

  ofObject(names: readonly string[], values: readonly MaybeIdentity[]): MaybeIdentity {
    if (!canIdentify(values, STEPS_PER_MEMBER)) return undefined;
    const keys = values.map((value, index) => `${JSON.stringify(names[index])}:${keyOf(value)}`);
    return this.#short(`{${keys.sort().join()}}`);
  }

  /** The identity of a whole value, at any depth. */
  of(value: unknown, depth = 0): MaybeIdentity {
    if (isScalar(value)) return identityOf(value);
    if (depth > DEEPEST) return this.#ofDeep(value as object);
    return this.#ofContainer(value as object, (child) => this.of(child, depth + 1));
  }

  /** The same, without the call stack. */
  #ofDeep(value: object): MaybeIdentity {
    const done = new Map<unknown, MaybeIdentity>();
    const stack: object[] = [value];
    for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
      if (!afford(STEPS_PER_CONTAINER)) return undefined;
      const open = Object.values(current).filter((child) => !isScalar(child) && !done.has(child));
      if (open.length > 0) {
        for (const child of open) stack.push(child);
        continue;
      }
      stack.pop();
      if (done.has(current)) continue;
      done.set(
        current,
        this.#ofContainer(current, (child) => (isScalar(child) ? identityOf(child) : done.get(child))),
      );
    }
    return done.get(value);
  }

  #ofContainer(value: object, of: (child: unknown) => MaybeIdentity): MaybeIdentity {
    if (Array.isArray(value)) return this.ofArray(value.map(of));
    return this.ofObject(Object.keys(value), Object.values(value).map(of));
  }

  #short(text: string): string {
    if (text.length <= LONGEST) return text;
    const known = (this.#known ?? this).#numbers.get(text) ?? this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = `#${this.#known === undefined ? '' : '+'}${this.#numbers.size}`;
    this.#numbers.set(text, number);
    return number;
  }
}

function canIdentify(values: readonly MaybeIdentity[], stepsEach: number): values is readonly Identity[] {
  return afford(STEPS_PER_CONTAINER + stepsEach * values.length) && !values.includes(undefined);
}

export function isScalar(value: unknown): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

/** The identity of a scalar: itself, but for strings that look like the identity of a container. */
export function identityOf(value: string | number | boolean | null): Identity {
  return typeof value === 'string' && /^["#[{]/.test(value) ? `"${value}` : value;
}

function keyOf(identity: Identity): string {
  return typeof identity !== 'string' || /^[#[{]/.test(identity) ? String(identity) : JSON.stringify(identity);
}
