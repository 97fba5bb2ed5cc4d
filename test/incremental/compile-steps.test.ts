import { expect, it } from 'vitest';
import { atOnce } from '../../src/effects/in-turns.ts';
import { compileInSteps } from '../../src/incremental/schema/compiled-schema.ts';
import { Compiler } from '../../src/incremental/schema/compiler.ts';

const listed = Array.from({ length: 10_000 }, (_, index) => `n${index}`);

it.each([
  ['values', { enum: listed }],
  ['objects', { enum: listed.map((name) => ({ name })) }],
  ['dependent schemas', { dependentSchemas: Object.fromEntries(listed.map((name) => [name, false])) }],
  ['members', { properties: Object.fromEntries(listed.map((name) => [name, true])) }],
  ['patterns of names', { patternProperties: Object.fromEntries(listed.map((name) => [`^${name}`, true])) }],
])('one keyword that lists ten thousand %s is compiled in many steps', (_, schema) => {
  expect([...compileInSteps(schema)].length).toBeGreaterThan(30);
});

it('a thousand schemas inside each other are compiled in four steps', () => {
  const nested = listed.slice(0, 999).reduce<object>((inner) => ({ not: inner }), { type: 'string' });
  expect([...compileInSteps(nested)]).toHaveLength(4);
});

it('a short schema is compiled in one step', () => {
  const schema = { enum: listed.slice(0, 200), dependentSchemas: { n1: { required: ['n2'] } } };
  expect([...compileInSteps(schema)]).toEqual([]);
});

it('a hundred dependent schemas take two nodes each', () => {
  const schema = {
    dependentSchemas: Object.fromEntries(listed.slice(0, 100).map((name) => [name, { type: 'object' }])),
  };
  const compiler = new Compiler(schema, JSON.stringify(schema), {});
  atOnce(compiler.compile());
  expect(compiler.nodes).toHaveLength(202);
});
