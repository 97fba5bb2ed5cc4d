import { type Schema, Validator } from '@cfworker/json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileSchema, type IncrementalState, incrementalValidator } from '../../src/incremental/index.ts';
import { jsonSchema, jsonValue, schemaDocument, textOf } from './arbitraries.ts';
import { completed, partialOf } from './released.ts';
import { changed, shape } from './shapes.ts';

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
const texts = jsonValue.chain(textOf);

/** The states after each character. */
function statesOf(schema: unknown, text: string): IncrementalState[] {
  const check = incrementalValidator(schema).start();
  return Array.from(text, (character) => check.push(character));
}

/** `undefined` where the code that ajv makes does not run. */
function verdictOfAjv(schema: object, value: unknown): boolean | undefined {
  try {
    return ajv.compile(schema)(value);
  } catch {
    return undefined;
  }
}

function endOf(schema: unknown, parts: readonly string[]) {
  const check = incrementalValidator(schema).start();
  const states = parts.map((part) => check.push(part));
  return { last: states.at(-1), end: check.end() };
}

describe('for random schemas and texts', { timeout: 120_000 }, () => {
  test('the verdict at the end is that of a full validator', () => {
    fc.assert(
      fc.property(schemaDocument, fc.array(jsonValue, { minLength: 3, maxLength: 6 }), (schema, values) => {
        fc.pre(incrementalValidator(schema).limits.length === 0);
        for (const value of values) {
          const { valid } = endOf(schema, [JSON.stringify(value)]).end;
          // ajv is known to be wrong where `contains` meets `prefixItems` or `unevaluatedItems`: then another one decides
          if (valid !== verdictOfAjv(schema, value)) {
            expect(new Validator(schema as Schema, '2020-12', false).validate(value).valid).toBe(valid);
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('a whole value is judged as its text is, and has issues just when it is wrong', () => {
    fc.assert(
      fc.property(schemaDocument, texts, fc.constantFrom('judge', 'allow'), (schema, text, additionalMembers) => {
        const check = incrementalValidator(schema, { additionalMembers }).start();
        check.push(text);
        const compiled = compileSchema(schema, { additionalMembers });
        const { valid, issues } = check.end();

        expect(compiled.isValid(JSON.parse(text))).toBe(valid);
        expect(compiled.issuesOf(JSON.parse(text)).length === 0).toBe(valid);
        expect(issues.length === 0).toBe(valid);
      }),
      { numRuns: 1_000 },
    );
  });

  test('no prefix of a valid text is dead', () => {
    fc.assert(
      fc.property(schemaDocument, texts, (schema, text) => {
        fc.pre(compileSchema(schema).isValid(JSON.parse(text)));

        expect(statesOf(schema, text).filter(({ state }) => state === 'dead')).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('dead is for good, and what is safe only grows', () => {
    fc.assert(
      fc.property(schemaDocument, fc.oneof(texts, fc.string()), (schema, text) => {
        const states = statesOf(schema, text);
        const death = states.findIndex(({ state }) => state === 'dead');
        if (death >= 0) expect(states.slice(death).every(({ state }) => state === 'dead')).toBe(true);
        for (const [index, { safeLength }] of states.entries()) {
          expect(safeLength).toBeGreaterThanOrEqual(states[index - 1]?.safeLength ?? 0);
          expect(safeLength).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('pieces of any size give the result of one piece', () => {
    const plain = { allOf: [{}], $defs: { one: {}, two: {} } };
    fc.assert(
      fc.property(schemaDocument, fc.oneof(texts, fc.string()), fc.array(fc.nat(9)), (schema, text, lengths) => {
        const parts: string[] = [];
        let rest = text;
        for (const length of lengths) {
          parts.push(rest.slice(0, length));
          rest = rest.slice(length);
        }

        expect(endOf(schema, [...parts, rest])).toEqual(endOf(schema, [text]));
        expect(endOf(schema, text.split(''))).toEqual(text === '' ? endOf(schema, []) : endOf(schema, [text]));
      }),
      {
        numRuns: 1_500,
        // What may not stand in a string, behind what may.
        examples: [
          [plain, '["a\\ b"]', []],
          [plain, '["a\u0001b"]', []],
          [plain, '["a\\u00x"]', [5]],
        ],
      },
    );
  });

  test('letting unknown members through never makes a value wrong', () => {
    const withoutNot = jsonSchema.filter((schema) => !/"(not|if|maxContains)"/.test(JSON.stringify(schema)));
    fc.assert(
      fc.property(withoutNot, jsonValue, (schema, value) => {
        fc.pre(compileSchema(schema).isValid(value));

        expect(compileSchema(schema, { additionalMembers: 'allow' }).isValid(value)).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('what is safe', { timeout: 120_000 }, () => {
  test('can always be completed to a valid value, whatever follows it', () => {
    fc.assert(
      fc.property(
        shape.chain((one) =>
          fc.tuple(fc.constant(one.schema), fc.array(one.instances, { minLength: 40, maxLength: 40 })),
        ),
        fc.nat(1_000),
        jsonValue,
        ([schema, instances], at, replacement) => {
          const text = JSON.stringify(changed(instances[0], at, replacement));
          const safeLength = statesOf(schema, text).at(-1)?.safeLength ?? 0;
          const released = partialOf(text.slice(0, safeLength));
          const { isValid } = compileSchema(schema);

          expect(instances.some((instance) => isValid(completed(released, instance)))).toBe(true);
        },
      ),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test('is everything once the value is complete', () => {
    fc.assert(
      fc.property(
        shape.chain((one) => fc.tuple(fc.constant(one.schema), one.instances)),
        ([schema, instance]) => {
          const text = `${JSON.stringify(instance)}\n`;

          expect(statesOf(schema, text).at(-1)).toMatchObject({ state: 'complete', safeLength: text.length - 1 });
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
