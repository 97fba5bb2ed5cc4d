import { expect, test } from 'vitest';
import { issuesSoFar } from '../../src/delivery/issues-so-far.ts';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';

const item = { type: 'object', minProperties: 3, additionalProperties: { type: 'number' } };
const schema = compileSchema({ type: 'object', additionalProperties: item });

test.each(['c', '2'])('a value that is still being written has no issue yet: a member named %s', (name) => {
  const written = `{"b":{"x":1,"y":2,"z":"3"},"${name}":{"x":{`;
  const dead = { message: 'Make it a number.', path: [name, 'x'], check: 'schema', kind: 'schema' } as const;
  expect(issuesSoFar(schema, { written, issues: [dead] }).map(({ path }) => path)).toEqual([
    ['b', 'z'],
    [name, 'x'],
  ]);
});

test('of two issues of one value each keeps its own words', () => {
  const code = compileSchema({ properties: { code: { type: 'string', minLength: 3, pattern: '^[a-z]+$' } } });
  const dead = {
    message: 'Make code match the pattern ^[a-z]+$',
    path: ['code'],
    check: 'schema',
    kind: 'schema',
  } as const;
  const found = issuesSoFar(code, { written: '{"code":"a1"', issues: [dead] });
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('match the pattern')]);
});
