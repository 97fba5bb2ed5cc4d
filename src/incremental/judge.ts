import { evaluationBesides, type Rulings } from './evaluated.ts';
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING } from './json-type.ts';
import { decideContains } from './keywords/contains.ts';
import { firstRepeat } from './keywords/unique-items.ts';
import { OwnNames } from './names.ts';
import type { SchemaNode } from './schema-node.ts';

type Test = (value: unknown) => boolean;
type JsonObject = Readonly<Record<string, unknown>>;

const accept: Test = () => true;
const reject: Test = () => false;

/** Puts a node's demands together into one function that judges whole values. */
export function judgeOf(node: SchemaNode): Test {
  const onNull = testFor(node, NULL);
  const onBoolean = testFor(node, BOOLEAN);
  const onNumber = testFor(node, NUMBER);
  const onString = testFor(node, STRING);
  const onArray = testFor(node, ARRAY);
  const onObject = testFor(node, OBJECT);
  if ([onNull, onBoolean, onNumber, onString, onArray, onObject].every((test) => test === accept)) return accept;
  return (value) => {
    switch (typeof value) {
      case 'string':
        return onString(value);
      case 'number':
        return onNumber(value);
      case 'boolean':
        return onBoolean(value);
      default:
        return value === null ? onNull(value) : Array.isArray(value) ? onArray(value) : onObject(value);
    }
  };
}

function testFor(node: SchemaNode, type: number): Test {
  if ((node.types & type) === 0) return reject;
  const tests: Test[] = [];
  for (const assertion of node.assertions) {
    if ((assertion.types & type) !== 0 && assertion.opening?.(type) !== 'met') tests.push(assertion.isMet);
  }
  if (type === OBJECT) tests.push(...objectTests(node));
  if (type === ARRAY) tests.push(...arrayTests(node));
  for (const combinator of node.combinators) tests.push(combinator.isMet);
  return every(tests);
}

function every(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first === undefined) return accept;
  if (second === undefined) return first;
  if (tests.length === 2) return (value) => first(value) && second(value);
  return (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function objectTests(node: SchemaNode): Test[] {
  const { members, objectRules } = node;
  const tests: Test[] = [];
  if (objectRules.length > 0) {
    tests.push((value) => {
      const names = new OwnNames(value as object);
      for (const rule of objectRules) if (!rule.isMet(names)) return false;
      return true;
    });
  }
  if (members !== undefined) {
    tests.push((value) => {
      for (const name of Object.keys(value as object)) {
        for (const schema of members.schemasFor(name)) {
          if (!schema.isValid((value as JsonObject)[name])) return false;
        }
      }
      return true;
    });
  }
  if (node.unevaluatedProperties !== undefined) tests.push((value) => firstUnevaluated(node, value) === undefined);
  return tests;
}

function arrayTests(node: SchemaNode): Test[] {
  const { arrayRules, items, contains } = node;
  const tests: Test[] = [];
  if (arrayRules.length > 0) {
    tests.push((value) => {
      for (const rule of arrayRules) if (!rule.isMet((value as unknown[]).length)) return false;
      return true;
    });
  }
  if (items !== undefined) {
    tests.push((value) => {
      const array = value as unknown[];
      for (let index = 0; index < array.length; index++) {
        const schema = items.schemaFor(index);
        if (schema === undefined) return true;
        if (!schema.isValid(array[index])) return false;
      }
      return true;
    });
  }
  if (contains !== undefined) {
    tests.push((value) => decideContains(contains, countMatches(contains.schema, value as unknown[]), true) === 'met');
  }
  if (node.hasUniqueItems) tests.push((value) => firstRepeat(value as unknown[]) === undefined);
  if (node.unevaluatedItems !== undefined) tests.push((value) => firstUnevaluated(node, value) === undefined);
  return tests;
}

export function countMatches(schema: SchemaNode, items: readonly unknown[]): number {
  let matches = 0;
  for (const item of items) if (schema.isValid(item)) matches++;
  return matches;
}

/** The first member or item that `unevaluatedProperties` or `unevaluatedItems` must judge and rejects. */
export function firstUnevaluated(node: SchemaNode, value: unknown): string | number | undefined {
  const rulings = rulingsOn(value);
  const isArray = Array.isArray(value);
  const schema = isArray ? node.unevaluatedItems : node.unevaluatedProperties;
  const keys = isArray ? value.keys() : Object.keys(value as object);
  for (const key of keys) {
    if (evaluationBesides(node, key, rulings) !== 'met' && !schema?.isValid((value as JsonObject)[key])) return key;
  }
  return undefined;
}

function rulingsOn(value: unknown): Rulings {
  const known = new Map<SchemaNode, boolean>();
  return {
    rulingOf: (node) => {
      let isMet = known.get(node);
      if (isMet === undefined) {
        isMet = node.isValid(value);
        known.set(node, isMet);
      }
      return isMet ? 'met' : 'failed';
    },
    contains: (node, index) => (node.contains?.schema.isValid((value as unknown[])[index]) ? 'met' : 'failed'),
  };
}
