import { alternatives, received, shown } from '../../explaining/received.ts';
import { spare } from '../../patterns/effort.ts';
import { Identities, isScalar, type MaybeIdentity } from '../../text/identity.ts';
import { ANY, CONTAINER, STRING, typeOf } from '../../text/json-type.ts';
import type { Assertion } from '../demands.ts';
import type { Site } from '../keyword-site.ts';

/** `enum` and `const`: the value equals one of those listed, whatever the order of members. */
export function enumAndConst(site: Site): void {
  const { schema, node } = site;
  const listed = site.get('enum');
  if (Array.isArray(listed)) node.assertions.push(oneOfValues(listed, site));
  else if (listed !== undefined) site.unknown('an enum that is no list is not judged');
  if (site.get('const') !== undefined) node.assertions.push(oneOfValues([schema.const], site));
}

function oneOfValues(values: readonly unknown[], site: Site): Assertion {
  const scalars = new Set(values.filter(isScalar));
  const containers = values.filter((value) => !isScalar(value));
  let constants: readonly string[] | undefined;
  let sorted: { readonly strings: readonly string[]; readonly longest: number } | undefined;
  const types = values.reduce<number>((all, value) => all | typeOf(value), 0);
  const listed = new Set(containers.map((value) => site.identities.of(value)));
  if (listed.has(undefined))
    site.limit('a list of values is too long, and objects and arrays are not looked for in it');
  const isMetByIdentity = (identity: MaybeIdentity) =>
    identity === undefined || listed.has(undefined) ? undefined : listed.has(identity);
  return {
    types: ANY,
    listedTypes: types,
    get constants() {
      constants ??= [...scalars].filter((value) => typeof value === 'string');
      return constants;
    },
    judge: (value) => {
      if (isScalar(value)) return scalars.has(value);
      if ((types & typeOf(value)) === 0) return false;
      return isMetByIdentity(new Identities(site.identities).of(value));
    },
    isMetByIdentity,
    opening: (type) => ((types & type) === 0 ? 'failed' : 'open'),
    canBegin: ({ text, length }) => {
      sorted ??= sortedStrings(scalars);
      if (length > sorted.longest) return false;
      return !spare(text.length >> 3) || firstFrom(sorted.strings, text)?.startsWith(text) === true;
    },
    demand: (where, value) => `Make ${where} ${wording(values)}; it is ${received(value)}.`,
  };
}

function sortedStrings(scalars: ReadonlySet<unknown>): { strings: readonly string[]; longest: number } {
  const strings = [...scalars].filter((value) => typeof value === 'string').sort();
  return { strings, longest: strings.reduce((length, text) => Math.max(length, text.length), 0) };
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
  const names = alternatives(values, (value) =>
    (typeOf(value) & (CONTAINER | STRING)) === 0 ? String(value) : shown(value),
  );
  return values.length > 1 ? `one of ${names}` : names;
}
