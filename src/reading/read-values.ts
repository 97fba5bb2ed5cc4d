import { type MaybePlace, placeIn } from '../incremental/explaining/place.ts';
import type { SchemaNode } from '../incremental/schema/schema-node.ts';
import { ANY, ARRAY, BOOLEAN, CONTAINER, NUMBER, STRING, typeOf } from '../incremental/text/json-type.ts';
import type { ValueRule } from '../trace/fix.ts';
import type { Edit } from './edit.ts';
import { normalised, onlyAlike } from './normalise.ts';
import { isSameValue } from './same-value.ts';
import type { SourceArray, SourceMember, SourceObject, SourceScalar, SourceValue } from './source-value.ts';
import { setMember } from './source-value.ts';

/** A value as its schema has it read, and the edits that make its source say so. */
export interface Reading {
  readonly value: unknown;
  readonly edits: readonly Edit[];
}

/** Reads the JSON text that a string holds. */
export type ReadNested = (
  text: string,
  schema: SchemaNode,
) => { readonly text: string; readonly value: unknown } | undefined;

/** Bounds the work on one answer. */
export interface Effort {
  left: number;
}

/** How deep values are read by their schema. */
const deepest = 128;

export interface ReadOptions {
  readonly effort: Effort;
  readonly readNested: ReadNested;
}

/**
 * Reads a value as its schema wants it, where the schema leaves exactly one reading; `undefined` where it leaves none, or
 * more than one.
 */
export function readBySchema(node: SourceValue, schema: SchemaNode, options: ReadOptions): Reading | undefined {
  return new SchemaReader(options).read(node, schema, undefined);
}

/** The same for a value that several schemas judge. */
export function readByAll(
  node: SourceValue,
  schemas: readonly SchemaNode[],
  options: ReadOptions,
): Reading | undefined {
  return new SchemaReader(options).readByAll(node, schemas, undefined);
}

class SchemaReader {
  readonly #effort: Effort;
  readonly #readNested: ReadNested;

  constructor({ effort, readNested }: ReadOptions) {
    this.#effort = effort;
    this.#readNested = readNested;
  }

  read(node: SourceValue, schema: SchemaNode, place: MaybePlace, depth = 0): Reading | undefined {
    if (this.#isValid(schema, node.value, node)) return { value: node.value, edits: [] };
    if (depth > deepest || this.#effort.left < 0) return undefined;
    for (const reading of this.#readings(node, schema, { place, depth })) {
      if (reading !== undefined && this.#isValid(schema, reading.value, node)) return reading;
    }
    return undefined;
  }

  #isValid(schema: SchemaNode, value: unknown, { start, end }: SourceValue): boolean {
    this.#effort.left -= 1 + (end - start) / 8;
    return this.#effort.left >= 0 && schema.isValid(value);
  }

  /** The ways to read a value, the nearest to what is written first. */
  *#readings(node: SourceValue, schema: SchemaNode, at: At): Generator<Reading | undefined> {
    // What a schema without `type` allows says nothing of what it wants.
    const types = schema.types === ANY ? 0 : schema.types;
    if (node.type === 'object') yield this.#object(node, schema, at);
    if (node.type === 'array') yield this.#array(node, schema, at);
    if (node.type === 'string' || node.type === 'number' || node.type === 'literal') {
      yield* scalarReadings(node, schema, { types, place: at.place });
    }
    yield this.#branches(node, schema, at);
    if (types === 0 || (types & typeOf(node.value)) !== 0) return;
    if (node.type === 'string' && (types & CONTAINER) !== 0) yield this.#nested(node, schema, at);
    if ((types & ARRAY) !== 0) yield this.#listOfOne(node, schema, at);
    if (node.type === 'array') yield this.#singleItem(node, schema, at);
  }

  #object(node: SourceObject, schema: SchemaNode, { place, depth }: At): Reading | undefined {
    const value: Record<string, unknown> = {};
    const edits: Edit[] = [];
    const removed = new Set<SourceMember>();
    const names = membersOf(schema);
    const missing = names.filter((name) => !Object.hasOwn(node.value, name));
    for (const member of node.members) {
      const name = this.#memberName(member, { names, missing, node, schema });
      if (name !== member.name) {
        edits.push(
          replace(member.nameStart, member.nameEnd, JSON.stringify(name), placeIn(place, name), 'member-name'),
        );
      }
      const memberPlace = placeIn(place, name);
      const reading = this.readByAll(member.value, schemasOfMember(schema, name), memberPlace, depth + 1);
      if (reading === undefined) {
        // What may be left out and may not be null is left out.
        if (member.value.value === null && !requiredBy(schema, name)) {
          removed.add(member);
          continue;
        }
        return undefined;
      }
      edits.push(...reading.edits);
      setMember(value, name, reading.value);
    }
    edits.push(...removals(node, removed, place));
    return { value, edits };
  }

  /** The declared name that a member's name is another spelling of, where it is missed or the name as it stands may not be. */
  #memberName({ name, value }: SourceMember, { names, missing, node, schema }: Naming): string {
    if (names.includes(name) || missing.length === 0) return name;
    const alike = onlyAlike(name, missing);
    if (alike === undefined) return name;
    const mayStand = schemasOfMember(schema, name).every((judge) => this.#isValid(judge, value.value, value));
    if (mayStand && !requiredBy(schema, alike)) return name;
    const rivals = node.members.filter((other) => normalised(other.name) === normalised(name));
    return rivals.length === 1 ? alike : name;
  }

  #array(node: SourceArray, schema: SchemaNode, { place, depth }: At): Reading | undefined {
    const value: unknown[] = [];
    const edits: Edit[] = [];
    for (const [index, item] of node.items.entries()) {
      const reading = this.readByAll(item, schemasOfItem(schema, index), placeIn(place, index), depth + 1);
      if (reading === undefined) return undefined;
      value.push(reading.value);
      edits.push(...reading.edits);
    }
    return { value, edits };
  }

  /** Reads a value that several schemas judge; the first that it does not meet says how. */
  readByAll(node: SourceValue, schemas: readonly SchemaNode[], place: MaybePlace, depth = 0): Reading | undefined {
    const wanting = schemas.find((schema) => !this.#isValid(schema, node.value, node));
    if (wanting === undefined) return { value: node.value, edits: [] };
    const reading = this.read(node, wanting, place, depth);
    if (reading === undefined) return undefined;
    return schemas.every((schema) => this.#isValid(schema, reading.value, node)) ? reading : undefined;
  }

  /** Reads by the branches of references, `allOf`, `anyOf` and `oneOf`: by the one that leaves one reading. */
  #branches(node: SourceValue, schema: SchemaNode, { place, depth }: At): Reading | undefined {
    for (const { branches } of schema.combinators) {
      if (branches.length > 32) continue;
      const readings: Reading[] = [];
      for (const branch of branches) {
        const reading = this.read(node, branch, place, depth + 1);
        if (reading === undefined || !this.#isValid(schema, reading.value, node)) continue;
        if (!readings.some(({ value }) => isSameValue(value, reading.value))) readings.push(reading);
      }
      const [only] = readings;
      if (readings.length === 1) return only;
    }
    return undefined;
  }

  #nested(node: SourceScalar, schema: SchemaNode, { place }: At): Reading | undefined {
    const nested = this.#readNested(String(node.value), schema);
    if (nested === undefined) return undefined;
    return { value: nested.value, edits: [replace(node.start, node.end, nested.text, place, 'json-in-string')] };
  }

  #listOfOne(node: SourceValue, schema: SchemaNode, { place, depth }: At): Reading | undefined {
    const reading = this.readByAll(node, schemasOfItem(schema, 0), placeIn(place, 0), depth + 1);
    if (reading === undefined) return undefined;
    const [open, close] = [insert(node.start, '[', place, 'list-of-one'), insert(node.end, ']', place, 'list-of-one')];
    return { value: [reading.value], edits: [open, ...reading.edits, close] };
  }

  #singleItem(node: SourceArray, schema: SchemaNode, { place, depth }: At): Reading | undefined {
    const [item] = node.items;
    if (item === undefined || node.items.length > 1) return undefined;
    const reading = this.read(item, schema, place, depth + 1);
    if (reading === undefined) return undefined;
    const around = [
      replace(node.start, item.start, '', place, 'single-item'),
      replace(item.end, node.end, '', place, 'single-item'),
    ];
    return { value: reading.value, edits: [...around, ...reading.edits] };
  }
}

interface At {
  readonly place: MaybePlace;
  readonly depth: number;
}

interface Naming {
  readonly names: readonly string[];
  readonly missing: readonly string[];
  readonly node: SourceObject;
  readonly schema: SchemaNode;
}

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

function* scalarReadings(
  node: SourceScalar,
  schema: SchemaNode,
  { types, place }: { readonly types: number; readonly place: MaybePlace },
): Generator<Reading> {
  const as = (json: string, rule: ValueRule): Reading => ({
    value: JSON.parse(json),
    edits: [replace(node.start, node.end, json, place, rule)],
  });
  if (node.type === 'string') {
    const text = String(node.value).trim();
    const constant = onlyAlike(text, constantsOf(schema));
    if (constant !== undefined) yield as(JSON.stringify(constant), 'constant');
    if ((types & STRING) !== 0) return;
    if ((types & NUMBER) !== 0 && decimal.test(text)) yield as(text, 'number');
    if ((types & BOOLEAN) !== 0 && /^(?:true|false)$/i.test(text)) yield as(text.toLowerCase(), 'boolean');
  } else if ((types & STRING) !== 0 && node.value !== null && (types & (NUMBER | BOOLEAN)) === 0) {
    yield as(`"${node.json}"`, 'string');
  }
}

function constantsOf(schema: SchemaNode): readonly string[] {
  return schema.assertions.flatMap(({ constants = [] }) => constants);
}

const namesBySchema = new WeakMap<SchemaNode, readonly string[]>();

/** The names that a schema lists or requires. */
export function membersOf(schema: SchemaNode): readonly string[] {
  let names = namesBySchema.get(schema);
  if (names === undefined) {
    const required = schema.objectRules.flatMap(({ requires = [] }) => requires);
    names = [...new Set([...(schema.members?.names ?? []), ...required])];
    namesBySchema.set(schema, names);
  }
  return names;
}

export function requiredBy({ objectRules }: SchemaNode, name: string): boolean {
  return objectRules.some(({ requires = [] }) => requires.includes(name));
}

export function schemasOfMember({ members }: SchemaNode, name: string): readonly SchemaNode[] {
  return members?.schemasFor(name) ?? [];
}

export function schemasOfItem({ items }: SchemaNode, index: number): readonly SchemaNode[] {
  const item = items?.schemaFor(index);
  return item === undefined ? [] : [item];
}

function replace(start: number, end: number, text: string, place: MaybePlace, rule: ValueRule): Edit {
  return { start, end, text, place, rule };
}

function insert(position: number, text: string, place: MaybePlace, rule: ValueRule): Edit {
  return { start: position, end: position, text, place, rule };
}

/**
 * Takes members out, each with the comma before it; the first ones, which have none, with the comma behind them. So it can
 * be said when a member is read, whatever follows.
 */
function removals({ members }: SourceObject, removed: ReadonlySet<SourceMember>, place: MaybePlace): Edit[] {
  const firstKept = members.findIndex((member) => !removed.has(member));
  return members.flatMap((member, index) => {
    if (!removed.has(member)) return [];
    const before = members[index - 1];
    const isBehindKept = firstKept !== -1 && index > firstKept && before !== undefined;
    const start = isBehindKept ? before.value.end : member.nameStart;
    const end = isBehindKept ? member.value.end : (members[index + 1]?.nameStart ?? member.value.end);
    return [replace(start, end, '', placeIn(place, member.name), 'null-member')];
  });
}
