import type { Steps } from '../../../effects/in-turns.ts';
import { alternatives, received, shown } from '../../explaining/received.ts';
import { spare } from '../../patterns/effort.ts';
import { Identities, isScalar, type MaybeIdentity } from '../../text/identity.ts';
import { ANY, CONTAINER, STRING, typeOf } from '../../text/json-type.ts';
import type { Assertion } from '../demands.ts';
import { LISTED_PER_STEP, type Site } from '../keyword-site.ts';

/** `enum` and `const`: the value equals one of those listed, whatever the order of members. */
export function* enumAndConst(site: Site): Steps<void> {
  const { schema, node } = site;
  const listed = site.get('enum');
  if (Array.isArray(listed)) node.assertions.push(yield* oneOfValues(listed, site));
  else if (listed !== undefined) site.unknown('an enum that is no list is not judged');
  if (site.get('const') !== undefined) node.assertions.push(yield* oneOfValues([schema.const], site));
}

function* oneOfValues(values: readonly unknown[], site: Site): Steps<Assertion> {
  const scalars = new Set<unknown>();
  const listed = new Set<MaybeIdentity>();
  let types = 0;
  for (const [index, value] of values.entries()) {
    types |= typeOf(value);
    if (isScalar(value)) scalars.add(value);
    else listed.add(site.identities.of(value));
    if (index % LISTED_PER_STEP === LISTED_PER_STEP - 1) yield;
  }
  let constants: readonly string[] | undefined;
  let sorted: { readonly strings: readonly string[]; readonly longest: number } | undefined;
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
