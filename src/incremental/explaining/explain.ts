import { countMatches, judgeUnevaluated } from '../judging/whole-value.ts';
import { containsDemand, decideContains } from '../schema/keywords/contains.ts';
import { firstRepeat } from '../schema/keywords/unique-items.ts';
import { expectedTypes, openingOf } from '../schema/opening.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { isRecord, OBJECT, typeOf } from '../text/json-type.ts';
import { OwnNames } from '../text/member-names.ts';
import type { Report } from './issue-report.ts';
import { depthOf, type MaybePlace, placeIn, placeName } from './place.ts';
import { anyOfTypes, received } from './received.ts';

/** Reports why a whole value is not valid; nothing, if it is. */
export function explain(node: SchemaNode, value: unknown, place: MaybePlace, report: Report): void {
  if (report.isFull || depthOf(place) > report.deepest) return;
  report.spend();
  const type = typeOf(value);
  if (openingOf(node, type) === 'failed') {
    report.add(place, openingDemand(node, place, received(value), value));
    return;
  }
  for (const assertion of node.assertions) {
    if ((assertion.types & type) !== 0 && assertion.judge(value) === false) {
      report.add(place, assertion.demand(placeName(place), value));
    }
  }
  if (isRecord(value)) explainObject(node, value, place, report);
  else if (Array.isArray(value)) explainArray(node, value, place, report);
  for (const combinator of node.combinators) {
    if (combinator.judge(value) === false) combinator.explain(value, place, report);
  }
}

/** Sentence for a value of a type that cannot be right. */
export function openingDemand(node: SchemaNode, place: MaybePlace, found: string, value?: unknown): string {
  const types = expectedTypes(node);
  if (types === 0) return removal(place);
  const [assertion] = node.assertions.filter(({ isMetByIdentity }) => isMetByIdentity !== undefined);
  if (assertion !== undefined && value !== undefined) return assertion.demand(placeName(place), value);
  return `Make ${placeName(place)} ${anyOfTypes(types)}; it is ${found}.`;
}

/** Sentence for a value where none may be. */
export function removal(place: MaybePlace): string {
  return place === undefined
    ? 'Give no answer; the schema allows none.'
    : `Remove ${placeName(place)}; it is not allowed.`;
}

function explainObject(node: SchemaNode, value: Readonly<Record<string, unknown>>, place: MaybePlace, report: Report) {
  const names = new OwnNames(value);
  for (const rule of node.objectRules) if (rule.judge(names) === false) rule.explain(names, place, report);
  if (node.members !== undefined) {
    for (const name of names) {
      if (report.isFull) return;
      for (const schema of node.members.schemasFor(name)) {
        if (isRight(schema, value[name], place)) continue;
        const member = placeIn(place, name);
        if (schema.isNever) report.add(member, removalFrom(node, member));
        else explain(schema, value[name], member, report);
      }
    }
  }
  if (node.unevaluatedProperties !== undefined) explainUnevaluated(node, value, place, report);
}

/** Objects and lists are looked at ahead down to this level: each such level judges what is below it once more. */
const lookAheadLevels = 3;

/** Most of what a wrong answer holds is right, and to judge is cheaper than to explain. */
function isRight(schema: SchemaNode, value: unknown, parent: MaybePlace): boolean {
  const isScalar = typeof value !== 'object' || value === null;
  return (isScalar || depthOf(parent) < lookAheadLevels) && schema.judge(value) === true;
}

/** Sentence for a member that no keyword allows. */
export function removalFrom(node: SchemaNode, member: MaybePlace): string {
  const { names: all = [], schemasFor } = node.members ?? {};
  const names = all.length > 20 ? [] : all.filter((name) => schemasFor?.(name).every((schema) => !schema.isNever));
  if (names.length === 0) return removal(member);
  return `Remove ${placeName(member)}; only ${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} allowed there.`;
}

function explainArray(node: SchemaNode, value: readonly unknown[], place: MaybePlace, report: Report) {
  for (const rule of node.arrayRules) {
    if (!rule.isMet(value.length)) report.add(place, rule.demand(placeName(place), value.length));
  }
  if (node.items !== undefined) {
    for (const [index, item] of value.entries()) {
      if (report.isFull) return;
      const schema = node.items.schemaFor(index);
      if (schema === undefined || isRight(schema, item, place)) continue;
      explain(schema, item, placeIn(place, index), report);
    }
  }
  if (node.contains !== undefined) {
    const matches = countMatches(node.contains.schema, value);
    if (decideContains(node.contains, matches, true) === 'failed') {
      report.add(place, containsDemand(node.contains, placeName(place), matches));
    }
  }
  if (node.hasUniqueItems) {
    const repeat = firstRepeat(value);
    if (repeat !== undefined) report.add(placeIn(place, repeat.index), repeatDemand(place, repeat.index, repeat.first));
  }
  if (node.unevaluatedItems !== undefined) explainUnevaluated(node, value, place, report);
}

export function repeatDemand(place: MaybePlace, index: number, first: number): string {
  return `Change ${placeName(placeIn(place, index))}; it repeats ${placeName(placeIn(place, first))}.`;
}

function explainUnevaluated(node: SchemaNode, value: object, place: MaybePlace, report: Report) {
  const { culprit: key } = judgeUnevaluated(node, value);
  if (key === undefined) return;
  const schema = (typeOf(value) === OBJECT ? node.unevaluatedProperties : node.unevaluatedItems) as SchemaNode;
  explain(schema, (value as Readonly<Record<string, unknown>>)[key], placeIn(place, key), report);
}

/** Reports the branch that comes closest: the one that got deepest, and of those the one with the fewest issues. */
export function explainBest(branches: readonly SchemaNode[], value: unknown, place: MaybePlace, report: Report): void {
  const type = typeOf(value);
  const fitting = branches.filter((branch) => openingOf(branch, type) !== 'failed');
  let best: Report | undefined;
  for (const branch of fitting) {
    const found = report.branch(place);
    explain(branch, value, place, found);
    if (found.issues.length > 0 && (best === undefined || isCloser(found, best))) best = found;
  }
  for (const issue of best?.issues ?? []) report.append(issue);
}

function isCloser(one: Report, other: Report): boolean {
  const [oneDepth, otherDepth] = [shallowest(one), shallowest(other)];
  return oneDepth === otherDepth ? one.issues.length < other.issues.length : oneDepth > otherDepth;
}

function shallowest({ issues }: Report): number {
  return Math.min(...issues.map(({ path }) => path.length));
}
