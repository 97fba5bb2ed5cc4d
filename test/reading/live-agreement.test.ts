import { jsonSchema } from 'ai';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CheckPlan } from '../../src/checks/plan/plan.ts';
import { watchJson } from '../../src/delivery/watch-json.ts';
import { type ReadJson, readJson } from '../../src/reading/index.ts';
import { agreementWith } from '../../src/stream/live/agreement.ts';
import { openDocument } from '../../src/stream/live/document.ts';
import { type Random, seeded } from '../faults/simulation/random.ts';
import { badlyWritten, plainBadlyWritten } from './written-badly.ts';

type Json = unknown;

const runs = Number(process.env.READING_RUNS ?? 1200);

test.each([1, 2, 3])('what a stream passes on agrees with the answer as it is read in the end (seed %d)', (seed) => {
  const random = seeded(seed);
  let read = 0;
  for (const { value, text: badly } of fc.sample(seed % 2 ? badlyWritten : plainBadlyWritten, {
    seed,
    numRuns: runs,
  })) {
    const schema = schemaOf(value, random);
    const text = written(misfit(value, random), badly, random);
    const final = readInTheEnd(text, schema);
    const released = releasedOf(text, schema, 1 + random.between(0, 4));
    if (final === undefined || released === '') continue;
    read += 1;
    const before = openDocument();
    before.push(released);
    const disagreement = agreementWith(before).push(`${final.text} `);
    expect(disagreement, JSON.stringify({ text, schema, released, final: final.text })).toBeUndefined();
  }
  expect(read).toBeGreaterThan(runs / 3);
});

/** A schema that the value fits, with alternatives for what lists hold. */
function schemaOf(value: Json, random: Random): object {
  if (value === null) return random.chance(0.5) ? {} : { type: ['null', 'string'] };
  if (Array.isArray(value)) {
    const kinds = [...new Set(value.map((item) => JSON.stringify(schemaOf(item, random))))].map((kind) =>
      JSON.parse(kind),
    );
    if (kinds.length === 0) return { type: 'array' };
    return { type: 'array', items: kinds.length === 1 ? kinds[0] : { anyOf: kinds } };
  }
  if (typeof value !== 'object') {
    return typeof value === 'string' && random.chance(1 / 6) ? { enum: [value, 'other'] } : { type: typeof value };
  }
  const members = Object.entries(value).map(([name, member]) => {
    const schema = schemaOf(member, random);
    return [name, random.chance(1 / 4) ? { anyOf: [schema, { type: 'null' }] } : schema];
  });
  if (random.chance(1 / 5)) members.push(['extra', { type: 'number' }]);
  const required = Object.keys(value).filter(() => random.chance(0.5));
  return { type: 'object', properties: Object.fromEntries(members), required };
}

/** The value with some of it as the schema does not want it. */
function misfit(value: Json, random: Random): Json {
  if (random.chance(1 / 8)) {
    if (typeof value === 'number') return random.chance(0.5) ? String(value) : [value];
    if (typeof value === 'boolean') return random.chance(0.5) ? String(value) : value ? 'True' : 'False';
    if (typeof value === 'string') return random.chance(1 / 3) ? value : value.toUpperCase();
    if (Array.isArray(value) && value.length === 1) return value[0];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return random.chance(0.5) ? JSON.stringify(value) : { ...value, extra: null };
    }
  }
  if (Array.isArray(value)) return value.map((item) => misfit(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    random.chance(1 / 12) ? name.toUpperCase() : name,
    misfit(member, random),
  ]);
  return Object.fromEntries(members);
}

function written(value: Json, badly: string, random: Random): string {
  return random.pick([
    () => badly,
    () => JSON.stringify(value, null, 1),
    () => JSON.stringify(value).replaceAll('true', 'True').replaceAll('null', 'None'),
    () => JSON.stringify(value).replaceAll('}', ',}'),
  ])();
}

/** As generated answers are read: a fault of syntax first, then the values. */
function readInTheEnd(text: string, schema: object): ReadJson | undefined {
  const syntax = readJson(text, true, { values: false });
  const fits = syntax && readJson(syntax.text, schema, { values: false, additionalMembers: 'allow' });
  return fits === undefined ? readJson(text, schema, { additionalMembers: 'allow' }) : syntax;
}

/** What can be shown of a text before it ends. */
function releasedOf(text: string, schema: object, length: number): string {
  const plan = { structure: [{ name: 'schema', schema: jsonSchema(schema) }], content: [], toolInput: [] };
  const watch = watchJson(plan as unknown as CheckPlan, { syntax: true, values: true, mayBeProse: false });
  let passed = '';
  let released = '';
  for (let at = 0; at < text.length; at += length) {
    const state = watch.push(text.slice(at, at + length));
    if (state.type !== 'fits') break;
    passed += state.text;
    const safe = Math.min(state.safeLength, passed.length);
    if (safe - state.jsonStart > released.length) released = passed.slice(state.jsonStart, safe);
  }
  return released;
}
