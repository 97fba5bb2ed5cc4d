import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atOnce } from '../../src/effects/in-turns.ts';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import { readOptions } from '../../src/reading/read-text.ts';
import { parseAt } from '../../src/reading/text/parse.ts';
import { isOutOfReach } from '../../src/reading/values/out-of-reach.ts';
import { readBySchema } from '../../src/reading/values/read-values.ts';

/** Schemas and values of few kinds, so that they often nearly fit. */
const { object, record } = fc.letrec<{ schema: object; object: object; value: unknown; record: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      { type: 'string' },
      { type: 'number' },
      { type: 'integer', minimum: 2 },
      { type: 'boolean' },
      { type: ['number', 'null'] },
      { type: 'string', enum: ['Red', 'Green'] },
      { type: 'string', pattern: '^a' },
      {},
    ),
    tie('object'),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ type: fc.constant(['array', 'string']), items: tie('schema') }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
  ),
  object: fc.record({
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('a', 'b', 'c_d'), tie('schema'), { minKeys: 1, maxKeys: 3 }),
    required: fc.subarray(['a', 'b']),
    additionalProperties: fc.boolean(),
  }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>('', 'red', 'abc', '12', ' 3.5', 'True', 1, 2.5, true, null, '[1]', '{"a":1}'),
    tie('record'),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c_d', 'cD', 'x'), tie('value'), { minKeys: 1, maxKeys: 3 }),
}));

test('what is said to be out of reach, the reader does not reach', () => {
  let beyond = 0;
  fc.assert(
    fc.property(object, record, (json, document) => {
      const { root } = compileSchema(json);
      if (root.isValid(document)) return;
      const text = JSON.stringify(document);
      const parsed = parseAt(text, 0, { isJson: true });
      if (typeof parsed === 'string') return;
      const reading = atOnce(readBySchema(parsed.root, root, readOptions(text, { syntax: true })));
      const isBeyond = isOutOfReach(document, root);
      if (isBeyond) beyond += 1;
      expect(isBeyond && reading !== undefined, `${JSON.stringify(json)} ${text}`).toBe(false);
    }),
    { numRuns: 3000, seed: 4 },
  );
  expect(beyond).toBeGreaterThan(200);
});
