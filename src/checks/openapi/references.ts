import type { IssuePath } from '../../trace/issue.ts';
import { valueAt } from '../../trace/json-pointer.ts';
import type { FoundIssue } from '../check.ts';

/** A value of the document, and how it is reached. */
interface Part {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Part | undefined;
  /** Its members' names are chosen by the author: a property may be called `$ref` or `example`. */
  readonly hasOwnNames: boolean;
}

/** References into the document that lead nowhere; those to other documents are not followed. */
export function brokenReferences(document: object): FoundIssue[] {
  const references: { readonly to: string; readonly at: Part }[] = [];
  const anchors = new Set<string>();
  for (const part of partsOf(document)) {
    const { value, hasOwnNames } = part;
    if (hasOwnNames || typeof value !== 'object' || value === null) continue;
    const { $ref, $anchor, $dynamicAnchor } = value as Readonly<Record<string, unknown>>;
    if (typeof $ref === 'string') references.push({ to: $ref, at: part });
    for (const anchor of [$anchor, $dynamicAnchor]) if (typeof anchor === 'string') anchors.add(anchor);
  }
  const known = new Map<string, 'ends' | 'circles'>();
  return references.flatMap(({ to, at }) => {
    if (!to.startsWith('#') || anchors.has(to.slice(1))) return [];
    const message = faultOf(to, document, known);
    return message === undefined ? [] : [{ message, path: [...pathOf(at), '$ref'] }];
  });
}

/** Follows the reference until it is known where it leads, which is then known of all on the way. */
function faultOf(reference: string, document: object, known: Map<string, 'ends' | 'circles'>): string | undefined {
  const seen = new Set<string>();
  let outcome: 'ends' | 'circles' | undefined;
  for (let to = reference; outcome === undefined; ) {
    const target = to.startsWith('#') ? targetOf(to.slice(1), document) : null;
    if (target === undefined && seen.size === 0) return `Define ${to}, or refer to something else; it is missing.`;
    outcome = known.get(to) ?? (seen.has(to) ? 'circles' : undefined);
    const next = typeof target === 'object' && target !== null && '$ref' in target ? target.$ref : undefined;
    // Beside other keywords a reference adds to them.
    if (typeof next !== 'string' || Object.keys(target as object).length > 1) outcome ??= 'ends';
    else {
      seen.add(to);
      to = next;
    }
  }
  for (const to of seen) known.set(to, outcome);
  return outcome === 'circles' ? `Define ${reference}: it leads back to itself.` : undefined;
}

/** What a fragment points to, as a URI has it. */
export function targetOf(fragment: string, document: object): unknown {
  const pointer = decoded(fragment);
  if (pointer === '') return document;
  if (!pointer.startsWith('/')) return undefined;
  const path = pointer.slice(1).split('/');
  return valueAt(
    document,
    path.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')),
  );
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

const mapsOfNames = new Set(
  `properties patternProperties $defs definitions dependentSchemas schemas responses headers securitySchemes links
  callbacks pathItems paths webhooks content encoding requestBodies mediaTypes examples parameters`.split(/\s+/),
);
const dataKeywords = new Set(['example', 'default', 'enum', 'const', 'value']);

function* partsOf(document: object): Generator<Part> {
  const waiting: Part[] = [{ value: document, key: '', parent: undefined, hasOwnNames: false }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    yield part;
    for (const member of membersOf(part).reverse()) waiting.push(member);
  }
}

function membersOf(part: Part): Part[] {
  const { value, hasOwnNames } = part;
  if (Array.isArray(value)) return value.map((inner, key) => ({ value: inner, key, parent: part, hasOwnNames: false }));
  if (typeof value !== 'object' || value === null) return [];
  const isOwnDocument = !hasOwnNames && part.parent !== undefined && '$id' in value;
  if (isOwnDocument) return [];
  return Object.entries(value)
    .filter(([name, inner]) => hasOwnNames || !isData(name, inner))
    .map(([key, inner]) => ({
      value: inner,
      key,
      parent: part,
      hasOwnNames: !hasOwnNames && mapsOfNames.has(key) && !Array.isArray(inner),
    }));
}

/** Whether a keyword holds data of the author's, in which nothing is a reference. */
function isData(keyword: string, value: unknown): boolean {
  return dataKeywords.has(keyword) || keyword.startsWith('x-') || (keyword === 'examples' && Array.isArray(value));
}

function pathOf(part: Part): IssuePath {
  const path: (string | number)[] = [];
  for (let at = part; at.parent !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}
