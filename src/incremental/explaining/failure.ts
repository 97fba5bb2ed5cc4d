import type { Issue } from '../../trace/issue.ts';
import type { StringPrefix } from '../schema/demands.ts';
import { codePoints } from '../schema/keywords/length.ts';
import { decideBranches, openingOf } from '../schema/opening.ts';
import type { Ruling } from '../schema/ruling.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { STRING } from '../text/json-type.ts';
import { explain, openingDemand } from './explain.ts';
import { Report } from './issue-report.ts';
import { depthOf, type MaybePlace, pathOf, placeName } from './place.ts';
import { anyOfTypes } from './received.ts';

/** Why a demand failed; put into words only when somebody asks. */
export interface Failure {
  /** How deep in the value it sits. */
  readonly depth: number;
  issues(): readonly Issue[];
}

export function failureOf(place: MaybePlace, fill: (report: Report) => void): Failure {
  return {
    depth: depthOf(place),
    issues: () => {
      const report = new Report(place);
      fill(report);
      // what cost too much to judge once more
      if (report.issues.length === 0) report.add(place, `Change ${placeName(place)}; it does not fit the schema.`);
      return report.issues;
    },
  };
}

export function failureSaying(place: MaybePlace, message: () => string): Failure {
  return failureOf(place, (report) => report.add(place, message()));
}

/** A name that an object has already: no schema forbids it, and readers differ in what they make of it. */
export function repetitionFailure(place: MaybePlace): Failure {
  const message = `Give ${placeName(place)} only once; its name is repeated.`;
  return { depth: depthOf(place), issues: () => [{ path: pathOf(place), message, check: 'schema', kind: 'syntax' }] };
}

/** A value of a type that the schema rules out, seen by its first character. */
export function openingFailure(node: SchemaNode, type: number, place: MaybePlace): Failure {
  return failureSaying(place, () => openingDemand(node, place, anyOfTypes(type)));
}

/** A whole scalar that the schema rejects. */
export function scalarFailure(node: SchemaNode, value: unknown, place: MaybePlace): Failure {
  return failureOf(place, (report) => explain(node, value, place, report));
}

/** A string that no continuation can make right; told by its shortest such beginning, whatever came with it. */
export function prefixFailure(node: SchemaNode, text: string, place: MaybePlace): Failure {
  return failureOf(place, (report) => {
    const wrong = text.slice(0, shortestWrong(node, text));
    report.add(place, prefixDemand(node, wrong, place) ?? `Change ${placeName(place)}; it cannot begin like that.`);
  });
}

function shortestWrong(node: SchemaNode, text: string): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (prefixRuling(node, prefixOf(text.slice(0, middle))) === 'failed') high = middle;
    else low = middle + 1;
  }
  return low;
}

function prefixDemand(
  node: SchemaNode,
  text: string,
  place: MaybePlace,
  seen: Set<SchemaNode> = new Set(),
): string | undefined {
  if (seen.has(node)) return undefined;
  seen.add(node);
  for (const assertion of node.assertions) {
    if (assertion.canBegin?.(prefixOf(text)) === false) return assertion.demand(placeName(place), text);
  }
  for (const { branches } of node.combinators) {
    for (const branch of branches) {
      const demand = prefixDemand(branch, text, place, seen);
      if (demand !== undefined) return demand;
    }
  }
  return undefined;
}

function prefixOf(text: string): StringPrefix {
  return { text, length: codePoints(text) };
}

/** What the beginning of a string decides. */
export function prefixRuling(node: SchemaNode, prefix: StringPrefix, known?: Map<SchemaNode, Ruling>): Ruling {
  const opening = openingOf(node, STRING);
  if (opening !== 'open' || !node.hasPrefixChecks) return opening;
  for (const assertion of node.assertions) if (assertion.canBegin?.(prefix) === false) return 'failed';
  if (node.combinators.length === 0) return 'open';
  const asked = known ?? new Map<SchemaNode, Ruling>();
  for (const combinator of node.combinators) {
    const ruling = decideBranches(combinator, (branch) => {
      const ruling = asked.get(branch) ?? prefixRuling(branch, prefix, asked);
      asked.set(branch, ruling);
      return ruling;
    });
    if (ruling === 'failed') return 'failed';
  }
  return 'open';
}
