import { wellFormedJson } from '../../trace/well-formed.ts';
import { legalMembers, renamed } from './legal-members.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The schema of a tool's input as providers take it, and the way back to the tool's own. */
export interface LegalInput {
  readonly schema: unknown;
  /** The input as the tool's own schema has it. */
  restore(input: unknown): unknown;
}

/** At the root of a tool's input providers refuse these: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */
const refusedAtRoot = ['oneOf', 'anyOf', 'allOf', 'not', 'enum', 'const', 'if', '$ref', '$dynamicRef'];

/** An input is an object with its members listed, under names every provider takes; MCP servers give others. */
export function legalInput(schema: unknown): LegalInput {
  if (!isObject(schema)) return { schema: { type: 'object', properties: {} }, restore: (input) => input };
  const isOpen = schema.type === undefined || schema.type === 'object';
  if (!isOpen || refusedAtRoot.some((keyword) => keyword in schema)) return wrapped(schema);
  const properties = isObject(schema.properties) ? schema.properties : {};
  const members = legalMembers(Object.keys(properties));
  const required = Array.isArray(schema.required) ? { required: schema.required.map(String).map(members.legal) } : {};
  const legal = { ...schema, type: 'object', properties: renamed(properties, members.legal), ...required };
  return {
    schema: wellFormedJson(legal),
    restore: (input) => (isObject(input) ? renamed(input, members.own) : input),
  };
}

/** An input that is no plain object is the only member of one. */
function wrapped(schema: Schema): LegalInput {
  const { $schema, $defs, definitions, ...own } = schema;
  const shared = { $schema, $defs, definitions };
  const kept = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
  return {
    schema: wellFormedJson({
      ...(moved(kept) as Schema),
      type: 'object',
      properties: { input: moved(own) },
      required: ['input'],
      additionalProperties: false,
    }),
    restore: (input) => (isObject(input) && Object.hasOwn(input, 'input') ? input.input : input),
  };
}

/** References from the root, but those to definitions, lead to where the schema stands now. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' ? movedReference(member) : moved(member),
    ]),
  );
}

function movedReference(reference: string): string {
  const isOfRoot = /^#(?:\/|$)/.test(reference) && !/^#\/(?:\$defs|definitions)\//.test(reference);
  return isOfRoot ? `#/properties/input${reference.slice(1)}` : reference;
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
