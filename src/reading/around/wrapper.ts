import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { plainValue, type SourceObject, type SourceValue } from '../text/source-value.ts';
import { isNamed } from '../values/list-of-one.ts';
import { normalised } from '../values/normalise.ts';
import type { Reading } from '../values/reading.ts';
import { isMemberOf } from '../values/schemas-inside.ts';

/**
 * What one wrapper around the answer holds: its only member, a call's arguments, or the members of a schema echoed. A
 * member that the schema names is no wrapper.
 */
export function unwrapped(root: SourceValue, schema: SchemaNode): readonly SourceValue[] {
  if (root.type !== 'object' || root.members.some(({ name }) => isMemberOf(schema, name))) return [];
  const [only] = root.members;
  const found =
    only !== undefined && root.members.length === 1
      ? [only.node]
      : [callArguments(root), calledFunction(root), echoedProperties(root)];
  return found.filter(
    (value) => value !== undefined && !isSchema(value) && !holdsSchemas(value, root),
  ) as SourceValue[];
}

/**
 * Whether a wrapper around the answer was meant as one: a failure or an example is no answer, and what the schema names nothing of has
 * to stand where answers do. A rule for the answer as a whole does not count here: each would lean on the other.
 */
export function isAnswerOf(root: SourceValue, schema: SchemaNode, { value, edits }: Reading): boolean {
  if (edits.some(({ rule, place }) => rule === 'list-of-one' && place === undefined)) return false;
  if (root.type !== 'object' || root.members.length > 1) return true;
  const [only] = root.members;
  const name = only?.name ?? '';
  return !saysNoAnswer(name) && (isNamed(value, schema) || isNameOfAnswers(name));
}

/** Whether a name says that what it holds is no answer: a failure, an example, what was asked. */
export function saysNoAnswer(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => noAnswers.has(word));
}

/** Words for what stands for an answer, and is none. */
export const exampleWords: ReadonlySet<string> = new Set([
  ...['example', 'examples', 'sample', 'samples', 'template', 'placeholder', 'placeholders', 'draft', 'mock', 'mocked'],
  ...['dummy', 'fake', 'demo', 'hypothetical', 'illustration', 'illustrative', 'previous', 'wrong', 'incorrect'],
  ...['beispiel', 'exemple', 'ejemplo', 'esempio', 'exemplo', 'voorbeeld'],
]);

const noAnswers: ReadonlySet<string> = new Set([
  ...exampleWords,
  ...['error', 'errors', 'fail', 'fails', 'failed', 'failure', 'failures', 'refuse', 'refused', 'refusal', 'refusals'],
  ...['exception', 'rejected', 'denied', 'invalid', 'not', 'question', 'old', 'expected', 'instead'],
  'proto', // of `__proto__`, which the SDK refuses
]);

/** Whether a name is one that answers get where they are wrapped. */
export function isNameOfAnswers(name: string): boolean {
  return namesOfAnswers.has(normalised(name));
}

const namesOfAnswers: ReadonlySet<string> = new Set([
  ...['answer', 'answers', 'finalanswer', 'result', 'results', 'output', 'outputs', 'response', 'data', 'json'],
  ...['value', 'values', 'list', 'array', 'items', 'elements', 'object'],
  ...['arguments', 'parameters', 'input', 'args', 'function'],
]);

function callArguments({ members }: SourceObject): SourceValue | undefined {
  const others = members.filter(({ name }) => !isOneOf(name, ['arguments', 'parameters', 'input', 'args']));
  const isCall = others.every(({ name }) => isOneOf(name, ['name', 'tool', 'function', 'type', 'id', 'toolname']));
  return isCall && members.length === others.length + 1
    ? members.find((member) => !others.includes(member))?.node
    : undefined;
}

/** As OpenAI's API writes a call: the function beside its kind and id. */
function calledFunction({ members }: SourceObject): SourceValue | undefined {
  const isCall = members.every(({ name }) => isOneOf(name, ['function', 'type', 'id', 'index']));
  return isCall ? members.find(({ name }) => isOneOf(name, ['function']))?.node : undefined;
}

/** Whether a name is one of some, in any spelling. */
function isOneOf(name: string, names: readonly string[]): boolean {
  return names.includes(normalised(name));
}

function echoedProperties(root: SourceObject): SourceValue | undefined {
  const type = memberOf(root, 'type');
  const properties = memberOf(root, 'properties');
  const isObject = type !== undefined && plainValue(type) === 'object';
  if (!root.members.every(({ name }) => wordsOfSchemas.has(name))) return undefined;
  return isObject && properties?.type === 'object' ? properties : undefined;
}

/** What a schema has besides: another member would be an answer of its own. */
const wordsOfSchemas: ReadonlySet<string> = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', '$schema', '$id', '$defs', 'definitions'],
  ...['title', 'description', 'propertyOrdering', 'strict'],
]);

/** Whether a value is the members of a schema itself, and no values in their place. */
function holdsSchemas(value: SourceValue, root: SourceObject): boolean {
  if (memberOf(root, 'properties') !== value || value.type !== 'object') return false;
  return value.members.some(({ node }) => isSchema(node) || namesType(node) || namesType(memberOf(node, 'type')));
}

/** Whether an object is a JSON Schema. */
function isSchema(value: SourceValue): boolean {
  if (value.type !== 'object') return false;
  if (value.members.some(({ name }) => name === '$ref' || name === '$schema')) return true;
  return value.members.some(({ name }) => schemaKeywords.has(name)) && namesType(memberOf(value, 'type'));
}

const schemaKeywords: ReadonlySet<string> = new Set([
  ...['properties', 'required', 'additionalProperties', 'items', 'prefixItems', 'anyOf', 'oneOf', 'allOf', 'enum'],
]);

/** Whether a value is the name of a type of JSON. */
function namesType(node: SourceValue | undefined): boolean {
  return node?.type === 'string' && typeNames.has(String(plainValue(node)));
}

const typeNames: ReadonlySet<string> = new Set([
  ...['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'],
]);

function memberOf(value: SourceValue, wanted: string): SourceValue | undefined {
  return value.type === 'object' ? value.members.find(({ name }) => name === wanted)?.node : undefined;
}
