// biome-ignore-all lint/suspicious/noThenProperty: it is the keyword
import { describe, expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';

/** What is known of a part: a pattern that is not run leaves each string undecided. */
type Known = boolean | 'unknown';
const knowns: readonly Known[] = [true, false, 'unknown'];
const branch = { true: {}, false: { minLength: 9 }, unknown: { pattern: '(a)\\1' } } as const;

/** Ways to have a string judged by a schema. */
const places: readonly [what: string, schema: (inner: object) => object, value: unknown][] = [
  ['a string', (inner) => inner, 'x'],
  ['a member', (inner) => ({ type: 'object', properties: { a: inner } }), { a: 'x' }],
  ['a member by a pattern', (inner) => ({ type: 'object', patternProperties: { '^a': inner } }), { ab: 'x', b: 1 }],
  [
    'another member',
    (inner) => ({ type: 'object', properties: { b: {} }, additionalProperties: inner }),
    { b: 1, a: 'x' },
  ],
  ['an item by its place', (inner) => ({ type: 'array', prefixItems: [{}, inner], items: {} }), [1, 'x', 2]],
  ['an item that is left over', (inner) => ({ type: 'array', prefixItems: [{}], unevaluatedItems: inner }), [1, 'x']],
  [
    'a member that is left over',
    (inner) => ({ type: 'object', properties: { b: {} }, unevaluatedProperties: inner }),
    { b: 1, a: 'x' },
  ],
  ['a name', (inner) => ({ type: 'object', propertyNames: { anyOf: [{ const: 'b' }, inner] } }), { b: 1, x: 1 }],
  ['an item', (inner) => ({ type: 'array', items: inner }), ['x']],
];

/** What is known of a value, by a schema and by its opposite, as a whole and as text. */
function knownBy(schema: object, value: unknown): Known {
  const isValid = (judged: object) => {
    const check = incrementalValidator(judged).start();
    for (const character of JSON.stringify(value)) check.push(character);
    const { valid } = check.end();
    expect(compileSchema(judged).isValid(value)).toBe(valid);
    return valid;
  };
  const [isRight, isWrong] = [isValid(schema), isValid({ not: schema })];
  expect(isRight || isWrong).toBe(true);
  return isRight && isWrong ? 'unknown' : isRight;
}

/** What follows if it is the same whatever the unknown parts are. */
function following(parts: readonly Known[], combine: (parts: boolean[]) => boolean): Known {
  const ways = parts.reduce<boolean[][]>(
    (all, part) => all.flatMap((way) => (part === 'unknown' ? [true, false] : [part]).map((known) => [...way, known])),
    [[]],
  );
  const results = new Set(ways.map(combine));
  return results.size > 1 ? 'unknown' : results.has(true);
}

const pairs = knowns.flatMap((one) => knowns.map((other) => [one, other] as const));
const triples = pairs.flatMap((pair) => knowns.map((third) => [...pair, third] as const));

describe.each(places)('what is unknown of %s leaves unknown just what hangs on it', (_, inPlace, value) => {
  const schemaOf = (known: Known) => inPlace(branch[`${known}`]);

  test.each(triples)('of alternatives that are %s, %s and %s', (...parts) => {
    const branches = parts.map(schemaOf);
    expect(knownBy({ allOf: branches }, value)).toBe(following(parts, (all) => all.every(Boolean)));
    expect(knownBy({ anyOf: branches }, value)).toBe(following(parts, (all) => all.some(Boolean)));
    expect(knownBy({ oneOf: branches }, value)).toBe(following(parts, (all) => all.filter(Boolean).length === 1));
  });

  test.each(triples)('of a condition that is %s, and what it leads to, which is %s or %s', (...parts) => {
    const [condition, consequent, alternative] = parts.map(schemaOf);
    const chosen = following(parts, ([isMet, one, other]) => Boolean(isMet ? one : other));
    expect(knownBy({ if: condition, then: consequent, else: alternative }, value)).toBe(chosen);
    const orTrue = following(parts.slice(0, 2), ([isMet, one]) => !isMet || Boolean(one));
    expect(knownBy({ if: condition, then: consequent }, value)).toBe(orTrue);
    const elseTrue = following(parts.slice(0, 2), ([isMet, one]) => Boolean(isMet || one));
    expect(knownBy({ if: condition, else: consequent }, value)).toBe(elseTrue);
  });

  test.each(pairs)('of what is not %s and %s', (...parts) => {
    const [one, other] = parts.map(schemaOf);
    expect(knownBy({ not: { not: one } }, value)).toBe(parts[0]);
    expect(knownBy({ not: other, allOf: [one] }, value)).toBe(following(parts, ([a, b]) => Boolean(a && !b)));
  });
});

describe('of an array whose items match, may match or do not match', () => {
  const item = { true: 'yes', false: 1, unknown: 'x' } as const;
  const contains = { type: 'string', anyOf: [{ const: 'yes' }, { pattern: '(a)\\1' }] };

  test.each(triples)('%s, %s and %s', (...parts) => {
    const value = parts.map((known) => item[`${known}`]);
    for (const [min, max] of [
      [undefined, undefined],
      [0, 1],
      [0, 0],
      [1, 2],
      [2, 2],
      [2, undefined],
      [3, 3],
      [4, undefined],
    ]) {
      const isMet = (all: boolean[]) => {
        const count = all.filter(Boolean).length;
        return count >= (min ?? 1) && count <= (max ?? 9);
      };
      const known = knownBy({ contains, minContains: min, maxContains: max }, value);
      expect([min, max, known]).toEqual([min, max, following(parts, isMet)]);
    }
  });

  test.each(triples)('%s, %s and %s, for items that are left over', (...parts) => {
    const value = parts.map((known) => item[`${known}`]);
    const known = knownBy({ contains, minContains: 0, unevaluatedItems: false }, value);
    expect(known).toBe(following(parts, (all) => all.every(Boolean)));
  });
});
