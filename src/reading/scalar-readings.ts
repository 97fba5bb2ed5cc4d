import type { MaybePlace } from '../incremental/explaining/place.ts';
import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { ANY, BOOLEAN, NUMBER, STRING } from '../incremental/text/json-type.ts';
import type { ValueRule } from '../trace/fix.ts';
import { spellingsOf } from './normalise.ts';
import type { Reading } from './reading.ts';
import { plainValue, type SourceScalar } from './source-value.ts';

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export function mayBeNumber(text: string): boolean {
  return decimal.test(text);
}

export function mayBeBoolean(text: string): boolean {
  return /^(?:true|false)$/i.test(text);
}

/** What a scalar may say where its schema wants another one, the nearest to what is written first. */
export function scalarReadings(node: SourceScalar, schema: SchemaNode, place: MaybePlace): readonly Reading[] {
  // What a schema without `type` allows says nothing of what it wants.
  const types = schema.types === ANY ? 0 : schema.types;
  const { start, end } = node;
  const as = (json: string, rule: ValueRule): Reading => ({
    value: JSON.parse(json),
    edits: [{ start, end, text: json, place, rule }],
  });
  if (node.type !== 'string') {
    const isText = (types & STRING) !== 0 && (types & (NUMBER | BOOLEAN)) === 0;
    return isText && node.json !== 'null' ? [as(`"${node.json}"`, 'string')] : [];
  }
  const readings: Reading[] = [];
  const text = String(plainValue(node)).trim();
  const [constant, ...others] = constantsLike(schema, text);
  if (constant !== undefined && others.length === 0) readings.push(as(JSON.stringify(constant), 'constant'));
  if ((types & STRING) !== 0) return readings;
  if ((types & NUMBER) !== 0 && mayBeNumber(text)) readings.push(as(text, 'number'));
  if ((types & BOOLEAN) !== 0 && mayBeBoolean(text)) readings.push(as(text.toLowerCase(), 'boolean'));
  return readings;
}

/** The strings that a schema names as its constants. */
export function constantsOf(schema: SchemaNode): readonly string[] {
  return schema.assertions.flatMap(({ constants = [] }) => constants);
}

const spellings = new WeakMap<SchemaNode, (text: string) => readonly string[]>();

/** Those of them that are another spelling of a text. */
function constantsLike(schema: SchemaNode, text: string): readonly string[] {
  let alike = spellings.get(schema);
  if (alike === undefined) {
    alike = spellingsOf(constantsOf(schema));
    spellings.set(schema, alike);
  }
  return alike(text);
}
