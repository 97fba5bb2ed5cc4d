import type { MaybePlace } from '../../incremental/explaining/place.ts';
import type { Assertion } from '../../incremental/schema/demands.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ANY, BOOLEAN, NUMBER, STRING } from '../../incremental/text/json-type.ts';
import type { ValueRule } from '../../trace/fix.ts';
import { plainValue, type SourceScalar } from '../text/source-value.ts';
import { plainNumber } from '../text/tokens.ts';
import { normalised, spellingsOf } from './normalise.ts';
import type { Reading } from './reading.ts';
import { isOptional, schemasOfMember } from './schemas-inside.ts';

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
  if (node.type !== 'string') {
    const isText = (types & STRING) !== 0 && (isListed || (types & (NUMBER | BOOLEAN)) === 0);
    // Of a literal that is not JSON's, either spelling may be the text.
    const isPlain = node.json !== 'null' && node.isForeign !== true;
    return isText && isPlain ? [readAs(`"${node.json}"`, 'string', node, place)] : none;
  }
  const written = String(plainValue(node));
  const alike = constantsLike(schema, written);
  const constant = alike.length === 1 ? alike[0] : undefined;
  const plain = isListed || (types & STRING) === 0 ? plainScalar(written.trim(), types) : undefined;
  // Many languages part thousands with a point.
  if (thousands.test(written.trim()) && schema.isValid(Number(written.replace('.', '')))) return none;
  // A constant, and a number or `true` beside it: which?
  if (constant !== undefined && plain !== undefined) return none;
  if (constant !== undefined) return [readAs(JSON.stringify(constant), 'constant', node, place)];
  return plain === undefined ? none : [readAs(plain, mayBeBoolean(plain) ? 'boolean' : 'number', node, place)];
}

const thousands = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
const none: readonly never[] = [];

function readAs(json: string, rule: ValueRule, { start, end }: SourceScalar, place: MaybePlace): Reading {
  return { value: JSON.parse(json), edits: [{ start, end, text: json, place, rule }] };
}

/** The JSON of a number or a boolean that a text is. */
function plainScalar(text: string, types: number): string | undefined {
  if ((types & NUMBER) !== 0 && mayBeNumber(text)) {
    const number = plainNumber(text);
    return isHeld(number) ? number : undefined;
  }
  return (types & BOOLEAN) !== 0 && mayBeBoolean(text) ? text.toLowerCase() : undefined;
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

/** Whether a member that says `null` says nothing: it need not be there, and no constant is spelled like that. */
export function mayBeLeftOut(owner: SchemaNode, name: string): boolean {
  const isConstant = (constant: string) => /^(?:none|null)$/.test(normalised(constant));
  return (
    isOptional(owner, name) && !schemasOfMember(owner, name).some((schema) => constantsOf(schema).some(isConstant))
  );
}

/** What an `enum` or a `const` demands. */
export function listsOf({ assertions }: SchemaNode): readonly Assertion[] {
  if (assertions.length === 0) return none;
  return assertions.filter(({ listedTypes }) => listedTypes !== undefined);
}

const spellings = new WeakMap<SchemaNode, (spelling: string) => readonly string[]>();

/** Those of them that are another spelling of a text. */
function constantsLike(schema: SchemaNode, text: string): readonly string[] {
  if (schema.assertions.length === 0) return none;
  let alike = spellings.get(schema);
  if (alike === undefined) {
    alike = spellingsOf(constantsOf(schema));
    spellings.set(schema, alike);
  }
  return alike(normalised(text));
}
