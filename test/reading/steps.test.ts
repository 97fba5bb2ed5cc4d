import { expect, test } from 'vitest';
import { readInSteps } from '../../src/reading/read-json.ts';

/** So that the event loop can turn in between. */
test.each([
  ['examples', 'Example:\n{"a":"x"}\n'],
  ['instances', 'For instance:\n{"a":1}\n'],
])('a megabyte of %s is looked at in many steps', (_, line) => {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  const steps = [...readInSteps(line.repeat(950_000 / line.length), schema, {})];
  expect(steps.length).toBeGreaterThan(40);
});
