import { alternatives, received, shown } from '../../explaining/received.ts';
import { Identities, type Identity, isScalar } from '../../text/identity.ts';
import { ANY, CONTAINER, STRING, typeOf } from '../../text/json-type.ts';
import type { Assertion } from '../demands.ts';
import type { Site } from '../keyword-site.ts';

/** `enum` and `const`: the value equals one of those listed, whatever the order of members. */
export function enumAndConst(site: Site): void {
  const { schema, node } = site;
  const listed = site.get('enum');
  if (Array.isArray(listed)) node.assertions.push(oneOfValues(listed));
  else if (listed !== undefined) site.unknown('an enum that is no list is not judged');
  if (site.get('const') !== undefined) node.assertions.push(oneOfValues([schema.const]));
}

function oneOfValues(values: readonly unknown[]): Assertion {
  const scalars = new Set(values.filter(isScalar));
  const containers = values.filter((value) => !isScalar(value));
  const strings = [...scalars].filter((value) => typeof value === 'string').sort();
  const longest = strings.reduce((length, text) => Math.max(length, text.length), 0);
  const types = values.reduce<number>((all, value) => all | typeOf(value), 0);
  const known = new WeakMap<Identities, ReadonlySet<Identity>>();
  const isMetByIdentity = (identity: Identity, identities: Identities) => {
    const listed = known.get(identities) ?? new Set(containers.map((value) => identities.of(value)));
    known.set(identities, listed);
    return listed.has(identity);
  };
  let frozen: Identities | undefined;
  return {
    types: ANY,
    constants: strings,
    judge: (value) => {
      if (isScalar(value)) return scalars.has(value);
      if ((types & typeOf(value)) === 0) return false;
      if (frozen === undefined) {
        frozen = new Identities();
        isMetByIdentity(null, frozen);
        frozen.freeze();
      }
      return isMetByIdentity(frozen.of(value), frozen);
    },
    isMetByIdentity,
    opening: (type) => ((types & type) === 0 ? 'failed' : 'open'),
    canBegin: ({ text, length }) => length <= longest && firstFrom(strings, text)?.startsWith(text) === true,
    demand: (where, value) => `Make ${where} ${wording(values)}; it is ${received(value)}.`,
  };
}

/** The first of sorted strings that does not come before the text: if any of them begins with it, that one does. */
function firstFrom(strings: readonly string[], text: string): string | undefined {
  let [low, high] = [0, strings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strings[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return strings[low];
}

function wording(values: readonly unknown[]): string {
  const names = alternatives(
    values.map((value) => ((typeOf(value) & (CONTAINER | STRING)) === 0 ? String(value) : shown(value))),
  );
  return values.length > 1 ? `one of ${names}` : names;
}
