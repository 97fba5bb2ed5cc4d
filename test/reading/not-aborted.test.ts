import { describe, expect, test } from 'vitest';
import { firstAnswer } from './first-answer.ts';

const number = { type: 'number' };
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const slug = { type: 'string', pattern: '^[a-z_]+$' };
const short = { type: 'string', maxLength: 11 };
const states = { enum: ['in_progress', 'done'] };
const long = `,"body":"${'One morning, '.repeat(40)}"}`;

describe('no stream is cancelled that a reading saves', () => {
  test.each<[what: string, written: string, schema: object, read: object]>([
    [
      'a constant beside a pattern',
      '{"s":"In Progress"',
      object({ s: { allOf: [slug, states] } }, 's'),
      { s: 'in_progress' },
    ],
    [
      'a constant beside a length',
      '{"s":"In   Progress"',
      object({ s: { allOf: [short, states] } }, 's'),
      { s: 'in_progress' },
    ],
    [
      'a constant with a length of its own',
      '{"Unit-Price":1,"s":"In   Progress"',
      object({ unit_price: number, s: { type: 'string', ...states, maxLength: 11 } }, 'unit_price', 's'),
      { unit_price: 1, s: 'in_progress' },
    ],
    [
      'a constant beside a reference',
      '{"s":"In Progress"',
      { ...object({ s: { $ref: '#/$defs/s', ...states } }, 's'), $defs: { s: slug } },
      { s: 'in_progress' },
    ],
    [
      'a constant behind references',
      '{"s":"DONE"',
      { ...object({ s: { allOf: [{ $ref: '#/$defs/s' }, states] } }, 's'), $defs: { s: slug } },
      { s: 'done' },
    ],
    [
      'a name like a pattern of names',
      '{"unit-price":1',
      { ...object({ unit_price: number }, 'unit_price'), patternProperties: { '^[a-z-]+$': { type: 'string' } } },
      { unit_price: 1 },
    ],
  ])('%s', async (_, written, schema, read) => {
    const value = await firstAnswer(`${written}${long}`, schema);
    expect(value).toMatchObject(read);
  });

  test('a wrapper whose name a pattern takes', async () => {
    const schema = { type: 'object', patternProperties: { '^[a-z]+$': number } };
    expect(await firstAnswer('{"result":{"x":1}}', schema)).toEqual({ x: 1 });
  });
});
