import type { MaybePlace } from '../incremental/explaining/place.ts';
import type { Assertion } from '../incremental/schema/demands.ts';
import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { ANY, BOOLEAN, NUMBER, STRING } from '../incremental/text/json-type.ts';
import type { ValueRule } from '../trace/fix.ts';
import { normalised, spellingsOf } from './normalise.ts';
import type { Reading } from './reading.ts';
import { plainValue, type SourceScalar } from './source-value.ts';
import { plainNumber } from './tokens.ts';

const decimal = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)$/;

export function mayBeNumber(text: string): boolean {
  return decimal.test(text);
}

/** Whether a JSON number has every digit that its text has. */
export function isHeld(number: string): boolean {
  return number.length < digitsHeld || significant(number) === significant(String(Number(number)));
}

/** So many digits, and a point among them, every number holds. */
const digitsHeld = 16;

/** A number without the zeros that say nothing, so that equal ones read alike. */
function significant(number: string): string {
  const [, sign = '', whole = '', decimals = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + decimals).replace(/^0+/, '');
  let end = digits.length;
  while (digits.charAt(end - 1) === '0') end -= 1;
  const kept = digits.slice(0, end);
  return kept === '' ? '0' : `${sign}${kept}e${Number(exponent) - decimals.length + digits.length - kept.length}`;
}

export function mayBeBoolean(text: string): boolean {
  return /^(?:true|false)$/i.test(text);
}

/** What a scalar may say where its schema wants another one, the nearest to what is written first. */
export function scalarReadings(node: SourceScalar, schema: SchemaNode, place: MaybePlace): readonly Reading[] {
  const types = wantedTypes(schema);
  const isListed = listsOf(schema).length > 0;
  const { start, end } = node;
  const as = (json: string, rule: ValueRule): Reading => ({
    value: JSON.parse(json),
    edits: [{ start, end, text: json, place, rule }],
  });
  if (node.type !== 'string') {
    const isText = (types & STRING) !== 0 && (isListed || (types & (NUMBER | BOOLEAN)) === 0);
    // Of a literal that is not JSON's, either spelling may be the text.
    return isText && node.json !== 'null' && node.isForeign !== true ? [as(`"${node.json}"`, 'string')] : [];
  }
  const readings: Reading[] = [];
  const written = String(plainValue(node));
  const text = written.trim();
  const [constant, ...others] = constantsLike(schema, written);
  if (constant !== undefined && others.length === 0) readings.push(as(JSON.stringify(constant), 'constant'));
  if (!isListed && (types & STRING) !== 0) return readings;
  if ((types & NUMBER) !== 0 && mayBeNumber(text) && isHeld(plainNumber(text)))
    readings.push(as(plainNumber(text), 'number'));
  if ((types & BOOLEAN) !== 0 && mayBeBoolean(text)) readings.push(as(text.toLowerCase(), 'boolean'));
  // A constant, and a number or `true` beside it: which?
  return readings.length > 1 ? [] : readings;
}

/** The types that a schema says it wants: what it allows without `type`, `enum` or `const` says nothing of that. */
export function wantedTypes(schema: SchemaNode): number {
  if (schema.assertions.length === 0) return schema.types === ANY ? 0 : schema.types;
  const types = listsOf(schema).reduce((wanted, { listedTypes = ANY }) => wanted & listedTypes, schema.types);
  return types === ANY ? 0 : types;
}

/** The strings that a schema names as its constants. */
export function constantsOf(schema: SchemaNode): readonly string[] {
  return listsOf(schema).flatMap(({ constants = [] }) => constants);
}

/** What an `enum` or a `const` demands. */
export function listsOf({ assertions }: SchemaNode): readonly Assertion[] {
  return assertions.filter(({ listedTypes }) => listedTypes !== undefined);
}

const spellings = new WeakMap<SchemaNode, (spelling: string) => readonly string[]>();

/** Those of them that are another spelling of a text. */
function constantsLike(schema: SchemaNode, text: string): readonly string[] {
  if (schema.assertions.length === 0) return [];
  let alike = spellings.get(schema);
  if (alike === undefined) {
    alike = spellingsOf(constantsOf(schema));
    spellings.set(schema, alike);
  }
  return alike(normalised(text));
}
