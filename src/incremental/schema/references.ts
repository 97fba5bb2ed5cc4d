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

/** The base of a document without an id. */
const NOWHERE = 'json-schema:///';

/** Finds what references mean inside one schema document; nothing is ever fetched. */
export class References {
  readonly root: Resource;
  #index: ReadonlyMap<string, Target> | undefined;

  constructor(document: unknown) {
    this.root = enter(document, { root: document, uri: NOWHERE, draft: 'any' });
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
