import { afford, isExhausted } from '../patterns/effort.ts';
import { evaluation, type Rulings } from '../schema/evaluated.ts';
import { decideContains, type MatchCount } from '../schema/keywords/contains.ts';
import { firstRepeat } from '../schema/keywords/unique-items.ts';
import { type FinalRuling, rulingFrom } from '../schema/ruling.ts';
import type { Items, Judge, Members, SchemaNode } from '../schema/schema-node.ts';
import { both, every, type Truth } from '../schema/truth.ts';
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING } from '../text/json-type.ts';
import { OwnNames } from '../text/member-names.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const accept: Judge = () => true;
const reject: Judge = () => false;

/** Puts a node's demands together into one function that judges whole values. */
export function judgeOf(node: SchemaNode): Judge {
  if (node.isBare) return node.types === 0 ? reject : allOf(node.combinators.map(({ judge }) => judge));
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
type Tests = [Judge, Judge, Judge, Judge, Judge, Judge];
const isString: Judge = (value) => typeof value === 'string';
const isNumber: Judge = (value) => typeof value === 'number';
const isBoolean: Judge = (value) => typeof value === 'boolean';

function testFor(node: SchemaNode, type: number): Judge {
  if ((node.types & type) === 0) return reject;
  const tests: Judge[] = node.isUnknown ? [() => undefined] : [];
  for (const assertion of node.assertions) {
    if ((assertion.types & type) !== 0 && assertion.opening?.(type) !== 'met') tests.push(assertion.judge);
  }
  if (type === OBJECT) tests.push(...objectTests(node));
  if (type === ARRAY) tests.push(...arrayTests(node));
  for (const combinator of node.combinators) tests.push(combinator.judge);
  return allOf(tests);
}

function allOf(tests: readonly Judge[]): Judge {
  const [first, second] = tests;
  if (first === undefined) return accept;
  if (second === undefined) return first;
  if (tests.length > 2) return (value) => (afford(tests.length) ? every(tests, (test) => test(value)) : undefined);
  return (value) => {
    const truth = first(value);
    return truth === false ? truth : both(truth, second(value));
  };
}

function objectTests(node: SchemaNode): Judge[] {
  const { members } = node;
  const tests: Judge[] = [];
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
      return afford(rules.length) ? every(rules, (rule) => rule.judge(names)) : undefined;
    });
  }
  if (node.unevaluatedProperties !== undefined) tests.push((value) => judgeUnevaluated(node, value).truth);
  return tests;
}

function membersTest({ schemasFor }: Members): Judge {
  return (value) => {
    const names = Object.keys(value as object);
    if (!afford(costOfMembers(names.length))) return undefined;
    return every(names, (name) => every(schemasFor(name), (schema) => schema.judge((value as JsonObject)[name])));
  };
}

/** An object of many members is a hash table, and slower to go through. */
function costOfMembers(count: number): number {
  return count > 500 ? 20 * count : 2 * count;
}

interface MemberTest {
  /** Made when the first such member comes: a schema may list thousands. */
  test: Judge | undefined;
  readonly isRequired: boolean;
  /** Which of the names is looked for next. */
  readonly next: number;
}

/**
 * Judges members by a table, and counts the required ones on the way. Models write members in the order of the schema
 * mostly, so that the next name is looked for first.
 */
function listedMembersTest({ names, schemasFor }: Members, list: readonly string[]): Judge {
  const required = new Set(list);
  const expected = [...new Set([...names, ...required])];
  const tests: MemberTest[] = [];
  const byName = new Map<string, MemberTest>();
  let others: Judge = accept;
  let isPrepared = false;

  function testOf(name: string): Judge {
    return allOf(schemasFor(name).map((schema) => schema.essence.prepared));
  }

  function prepare() {
    for (const name of expected) {
      const entry = { test: undefined, isRequired: required.has(name), next: tests.length + 1 };
      tests.push(entry);
      byName.set(name, entry);
    }
    isPrepared = true;
    others = testOf(unlistedName(expected));
  }

  return (value) => {
    if (isExhausted()) return undefined;
    if (!isPrepared) prepare();
    let next = 0;
    let found = 0;
    let count = 0;
    let result: Truth = true;
    for (const name in value as JsonObject) {
      let entry: MemberTest | undefined;
      if (name === expected[next]) entry = tests[next++];
      else {
        entry = byName.get(name);
        if (entry !== undefined) next = entry.next;
      }
      let test = others;
      if (entry !== undefined) {
        entry.test ??= testOf(name);
        test = entry.test;
        if (entry.isRequired) found++;
      }
      const truth = test((value as JsonObject)[name]);
      if (truth === false) return false;
      if (truth === undefined) result = undefined;
      count++;
    }
    if (!afford(costOfMembers(count))) return undefined;
    return found === required.size ? result : false;
  };
}

/** A name that `properties` does not list, to find out how such names are judged. */
function unlistedName(names: readonly string[]): string {
  const taken = new Set(names);
  let name = 'other';
  while (taken.has(name)) name += '_';
  return name;
}

function arrayTests(node: SchemaNode): Judge[] {
  const { arrayRules, items, contains } = node;
  const tests: Judge[] = [];
  if (arrayRules.length > 0) {
    tests.push((value) => {
      for (const rule of arrayRules) if (!rule.isMet((value as unknown[]).length)) return false;
      return true;
    });
  }
  if (items !== undefined) tests.push(itemsTest(items));
  if (contains !== undefined) {
    tests.push((value) => TRUTHS[decideContains(contains, countMatches(contains.schema, value as unknown[]), true)]);
  }
  if (node.hasUniqueItems)
    tests.push((value) => {
      const repeat = firstRepeat(value as unknown[]);
      return repeat === undefined ? !isExhausted() || undefined : false;
    });
  if (node.unevaluatedItems !== undefined) tests.push((value) => judgeUnevaluated(node, value).truth);
  return tests;
}

const TRUTHS = { met: true, failed: false, undecided: undefined, open: undefined } as const;

function itemsTest({ schemaFor, prefixLength }: Items): Judge {
  let rest: Judge | undefined;
  return (value) => {
    const array = value as readonly unknown[];
    if (!afford(array.length)) return undefined;
    let result: Truth = true;
    for (let index = 0; index < prefixLength && index < array.length; index++) {
      const truth = schemaFor(index)?.judge(array[index]);
      if (truth === false) return false;
      if (truth === undefined) result = undefined;
    }
    if (rest === undefined) {
      const schema = schemaFor(prefixLength);
      rest = schema === undefined ? accept : schema.essence.prepared;
    }
    for (let index = prefixLength; index < array.length; index++) {
      const truth = rest(array[index]);
      if (truth === false) return false;
      if (truth === undefined) result = undefined;
    }
    return result;
  };
}

export function countMatches(schema: SchemaNode, items: readonly unknown[]): MatchCount {
  let met = 0;
  let undecided = 0;
  if (!afford(items.length)) return { met, undecided: items.length };
  for (const item of items) {
    const truth = schema.judge(item);
    if (truth) met++;
    else if (truth === undefined) undecided++;
  }
  return { met, undecided };
}

/** What finding out costs whether a member or item is left over. */
const STEPS_PER_LEFTOVER = 30;

/** What `unevaluatedProperties` or `unevaluatedItems` makes of what others left, and what it rejects first. */
export function judgeUnevaluated(node: SchemaNode, value: unknown): { truth: Truth; culprit?: string | number } {
  const rulings = rulingsOn(value);
  const isArray = Array.isArray(value);
  const schema = isArray ? node.unevaluatedItems : node.unevaluatedProperties;
  const keys = isArray ? value.keys() : Object.keys(value as object);
  let result: Truth = true;
  for (const key of keys) {
    if (!afford(STEPS_PER_LEFTOVER)) return { truth: undefined };
    const ruling = evaluation(node, key, rulings);
    const truth = ruling === 'met' || schema?.judge((value as JsonObject)[key]);
    if (truth) continue;
    if (truth === false && ruling === 'failed') return { truth, culprit: key };
    result = undefined;
  }
  return { truth: result };
}

function rulingsOn(value: unknown): Rulings {
  const known = new Map<SchemaNode, FinalRuling>();
  return {
    rulingOf: (node) => {
      const ruling = known.get(node) ?? rulingFrom(node.judge(value));
      known.set(node, ruling);
      return ruling;
    },
    contains: (node, index) =>
      node.contains ? rulingFrom(node.contains.schema.judge((value as unknown[])[index])) : 'failed',
  };
}
