import { isRecord } from '../text/json-type.ts';
import { type Draft, draftOf, idOf } from './dialect.ts';
import { subschemasOf } from './subschemas.ts';

/** A schema document, or a part of one that has an id of its own: what `#` in a reference means. */
export interface Resource {
  readonly root: unknown;
  readonly uri: string;
  readonly draft: Draft;
}

export interface Target {
  readonly schema: unknown;
  readonly resource: Resource;
}

/**
 * What `$dynamicRef` and `$recursiveRef` mean on a way through the document: for each dynamic anchor, its place in the
 * first resource on that way that has it.
 */
export interface DynamicScope {
  readonly anchors: ReadonlyMap<string, Target>;
  /** The scopes that entering a further resource leads to, by its root. */
  readonly inner: Map<unknown, DynamicScope>;
}

/** Stands for `$recursiveAnchor`, which has no name. */
const RECURSIVE = '';

/** Ways are told apart by no more scopes than this. */
const MOST_SCOPES = 30;
const LOST: DynamicScope = { anchors: new Map(), inner: new Map() };

/** The base of a document without an id. */
const NOWHERE = 'json-schema:///';

/** Finds what references mean inside one schema document; nothing is ever fetched. */
export class References {
  readonly root: Resource;
  /** Where every way begins. */
  readonly nowhere: DynamicScope = { anchors: new Map(), inner: new Map() };
  readonly #isDynamic: boolean;
  readonly #anchors = new Map<unknown, ReadonlyMap<string, Target>>();
  #scopes = 0;
  #index: ReadonlyMap<string, Target> | undefined;

  /** `text` is the document's JSON. */
  constructor(document: unknown, text: string) {
    this.root = enter(document, { root: document, uri: NOWHERE, draft: 'any' });
    this.#isDynamic = /"\$(?:dynamic|recursive)Ref"/.test(text);
  }

  /** The scope that a way through `scope` has inside a resource. */
  scopeIn(resource: Resource, scope: DynamicScope): DynamicScope {
    if (!this.#isDynamic || scope === LOST) return scope;
    const known = scope.inner.get(resource.root);
    if (known !== undefined) return known;
    const own = this.#anchors.get(resource.root) ?? dynamicAnchorsOf(resource);
    this.#anchors.set(resource.root, own);
    const inner = this.#scopeBelow(scope, own);
    scope.inner.set(resource.root, inner);
    return inner;
  }

  #scopeBelow(scope: DynamicScope, own: ReadonlyMap<string, Target>): DynamicScope {
    const anchors = new Map([...own, ...scope.anchors]);
    if (anchors.size === scope.anchors.size) return scope;
    return this.#scopes++ < MOST_SCOPES ? { anchors, inner: new Map() } : LOST;
  }

  /** Where `$dynamicRef` or `$recursiveRef` leads: as a `$ref` would, unless that is a dynamic anchor. */
  resolveDynamic(reference: string, from: Resource, scope: DynamicScope): Target | undefined {
    const target = scope === LOST ? undefined : this.resolve(reference, from);
    if (target === undefined || !isRecord(target.schema)) return target;
    const { $recursiveAnchor, $dynamicAnchor } = target.schema;
    if (reference === '#') return ($recursiveAnchor === true && scope.anchors.get(RECURSIVE)) || target;
    const isAnchor = typeof $dynamicAnchor === 'string' && splitFragment(reference)[1] === $dynamicAnchor;
    return (isAnchor && scope.anchors.get($dynamicAnchor)) || target;
  }

  /** The resource a subschema belongs to: its own, if it has an id, else the one around it. */
  resourceOf(schema: unknown, around: Resource): Resource {
    return schema === around.root ? around : enter(schema, around);
  }

  resolve(reference: string, from: Resource): Target | undefined {
    if (reference === '' || reference === '#') return { schema: from.root, resource: from };
    if (reference.startsWith('#/')) {
      return pointTo(from, reference.slice(1)) ?? pointTo(this.root, reference.slice(1));
    }
    const [uri = '', fragment] = splitFragment(resolveUri(reference, from.uri));
    this.#index ??= indexOf(this.root);
    if (fragment !== undefined && !fragment.startsWith('/')) return this.#index.get(`${uri}#${fragment}`);
    const found = this.#index.get(uri);
    return found !== undefined && fragment !== undefined ? pointTo(found.resource, fragment) : found;
  }
}

function enter(schema: unknown, around: Resource): Resource {
  if (!isRecord(schema)) return around;
  const draft = draftOf(schema, around.draft);
  const id = idOf(schema, draft);
  if (id === undefined || id.startsWith('#')) {
    return schema === around.root ? { ...around, draft } : around;
  }
  return { root: schema, uri: splitFragment(resolveUri(id, around.uri))[0] ?? '', draft };
}

/** Follows a JSON pointer, entering each resource on the way. */
function pointTo(resource: Resource, pointer: string): Target | undefined {
  let schema: unknown = resource.root;
  let current = resource;
  for (const segment of pointer.split('/').slice(1)) {
    const key = unescapePointer(segment);
    if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, key)) return undefined;
    schema = (schema as Record<string, unknown>)[key];
    current = enter(schema, current);
  }
  return { schema, resource: current };
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function unescapePointer(segment: string): string {
  let decoded = segment;
  try {
    decoded = decodeURIComponent(segment);
  } catch {
    // a stray % stands for itself
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The dynamic anchors of a resource, but not of those inside it. */
function dynamicAnchorsOf(resource: Resource): Map<string, Target> {
  const anchors = new Map<string, Target>();
  const { root } = resource;
  if (isRecord(root) && root.$recursiveAnchor === true) anchors.set(RECURSIVE, { schema: root, resource });
  const pending = [root];
  while (pending.length > 0) {
    const schema = pending.pop();
    if (!isRecord(schema) || (schema !== root && enter(schema, resource) !== resource)) continue;
    if (typeof schema.$dynamicAnchor === 'string') anchors.set(schema.$dynamicAnchor, { schema, resource });
    for (const inner of subschemasOf(schema)) pending.push(inner);
  }
  return anchors;
}

/** Every id and anchor of the document, by absolute URI. */
function indexOf(root: Resource): ReadonlyMap<string, Target> {
  const index = new Map<string, Target>();
  const pending: Target[] = [{ schema: root.root, resource: root }];
  for (let target = pending.pop(); target !== undefined; target = pending.pop()) {
    const { schema, resource } = target;
    if (!isRecord(schema)) continue;
    addNames(schema, resource, index);
    for (const child of subschemasOf(schema)) pending.push({ schema: child, resource: enter(child, resource) });
  }
  return index;
}

function addNames(schema: Readonly<Record<string, unknown>>, resource: Resource, index: Map<string, Target>): void {
  const add = (uri: string) => index.has(uri) || index.set(uri, { schema, resource });
  if (resource.root === schema) add(resource.uri);
  for (const name of [schema.id, schema.$id]) {
    if (typeof name !== 'string' || name === '') continue;
    add(name.startsWith('#') ? resource.uri + name : (splitFragment(resolveUri(name, resource.uri))[0] ?? ''));
  }
  for (const anchor of [schema.$anchor, schema.$dynamicAnchor]) {
    if (typeof anchor === 'string') add(`${resource.uri}#${anchor}`);
  }
}

function resolveUri(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}

function splitFragment(uri: string): [string, string | undefined] {
  const at = uri.indexOf('#');
  if (at < 0) return [uri, undefined];
  const fragment = uri.slice(at + 1);
  return [uri.slice(0, at), fragment === '' ? undefined : fragment];
}
