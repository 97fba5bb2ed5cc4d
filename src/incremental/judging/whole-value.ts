import { evaluation, type Rulings } from '../schema/evaluated.ts';
import { decideContains } from '../schema/keywords/contains.ts';
import { firstRepeat } from '../schema/keywords/unique-items.ts';
import type { Items, Members, SchemaNode } from '../schema/schema-node.ts';
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING } from '../text/json-type.ts';
import { OwnNames } from '../text/names.ts';

type Test = (value: unknown) => boolean;
type JsonObject = Readonly<Record<string, unknown>>;

const accept: Test = () => true;
const reject: Test = () => false;

/** Puts a node's demands together into one function that judges whole values. */
export function judgeOf(node: SchemaNode): Test {
  if (node.isBare) return node.types === 0 ? reject : every(node.combinators.map(({ isMet }) => isMet));
  const [onNull, onBoolean, onNumber, onString, onArray, onObject] = TYPES.map((type) => testFor(node, type)) as Tests;
  switch (node.types) {
    case STRING:
      return onString === accept ? isString : (value) => typeof value === 'string' && onString(value);
    case NUMBER:
      return onNumber === accept ? isNumber : (value) => typeof value === 'number' && onNumber(value);
    case BOOLEAN:
      return onBoolean === accept ? isBoolean : (value) => typeof value === 'boolean' && onBoolean(value);
    case ARRAY:
      return (value) => Array.isArray(value) && onArray(value);
    case OBJECT:
      return (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && onObject(value);
  }
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

const TYPES = [NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT];
type Tests = [Test, Test, Test, Test, Test, Test];
const isString: Test = (value) => typeof value === 'string';
const isNumber: Test = (value) => typeof value === 'number';
const isBoolean: Test = (value) => typeof value === 'boolean';

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
  const { members } = node;
  const tests: Test[] = [];
  let rules = node.objectRules;
  if (members?.isListed) {
    tests.push(
      listedMembersTest(
        members,
        rules.flatMap(({ requires = [] }) => requires),
      ),
    );
    rules = rules.filter(({ requires }) => requires === undefined);
  } else if (members !== undefined) {
    tests.push(membersTest(members));
  }
  if (rules.length > 0) {
    tests.push((value) => {
      const names = new OwnNames(value as object);
      for (const rule of rules) if (!rule.isMet(names)) return false;
      return true;
    });
  }
  if (node.unevaluatedProperties !== undefined) tests.push((value) => firstUnevaluated(node, value) === undefined);
  return tests;
}

function membersTest({ schemasFor }: Members): Test {
  return (value) => {
    for (const name of Object.keys(value as object)) {
      for (const schema of schemasFor(name)) if (!schema.isValid((value as JsonObject)[name])) return false;
    }
    return true;
  };
}

interface MemberTest {
  readonly test: Test;
  readonly isRequired: boolean;
}

/**
 * Judges members by a table, and counts the required ones on the way. Models write members in the order of the schema
 * mostly, so that the next name is looked for first.
 */
function listedMembersTest({ names, schemasFor }: Members, required: readonly string[]): Test {
  const expected = [...new Set([...names, ...required])];
  const tests: MemberTest[] = [];
  const byName = new Map<string, MemberTest>();
  let others: Test = accept;
  let isPrepared = false;

  function prepare() {
    const testOf = (name: string) => every(schemasFor(name).map((schema) => essenceOf(schema).judge));
    for (const name of expected) {
      const entry = { test: testOf(name), isRequired: required.includes(name) };
      tests.push(entry);
      byName.set(name, entry);
    }
    isPrepared = true;
    others = every(schemasFor(unlistedName(expected)).map((schema) => essenceOf(schema).judge));
  }

  return (value) => {
    if (!isPrepared) prepare();
    let next = 0;
    let found = 0;
    for (const name in value as JsonObject) {
      let entry: MemberTest | undefined;
      if (name === expected[next]) entry = tests[next++];
      else {
        entry = byName.get(name);
        if (entry !== undefined) next = expected.indexOf(name) + 1;
      }
      if (entry === undefined) {
        if (!others((value as JsonObject)[name])) return false;
      } else {
        if (!entry.test((value as JsonObject)[name])) return false;
        if (entry.isRequired) found++;
      }
    }
    return found === required.length;
  };
}

/** A name that `properties` does not list, to find out how such names are judged. */
function unlistedName(names: readonly string[]): string {
  let name = 'other';
  while (names.includes(name)) name += '_';
  return name;
}

/** The schema that a mere reference stands for. */
function essenceOf(node: SchemaNode): SchemaNode {
  let essence = node;
  for (let target = essence.alias; target !== undefined; target = essence.alias) essence = target;
  return essence;
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
  if (items !== undefined) tests.push(itemsTest(items));
  if (contains !== undefined) {
    tests.push((value) => decideContains(contains, countMatches(contains.schema, value as unknown[]), true) === 'met');
  }
  if (node.hasUniqueItems) tests.push((value) => firstRepeat(value as unknown[]) === undefined);
  if (node.unevaluatedItems !== undefined) tests.push((value) => firstUnevaluated(node, value) === undefined);
  return tests;
}

function itemsTest({ schemaFor, prefixLength }: Items): Test {
  let rest: Test | undefined;
  return (value) => {
    const array = value as readonly unknown[];
    for (let index = 0; index < prefixLength; index++) {
      if (index < array.length && !schemaFor(index)?.isValid(array[index])) return false;
    }
    if (rest === undefined) {
      const schema = schemaFor(prefixLength);
      rest = schema === undefined ? accept : essenceOf(schema).judge;
    }
    for (let index = prefixLength; index < array.length; index++) if (!rest(array[index])) return false;
    return true;
  };
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
    if (evaluation(node, key, rulings) !== 'met' && !schema?.isValid((value as JsonObject)[key])) return key;
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
