import type { Issue, IssuePath } from '../trace/issue.ts';
import { type MaybePlace, pathOf, placeIn } from './explaining/place.ts';
import { type CompiledSchema, compileSchema } from './schema/compiled-schema.ts';
import type { CompileOptions } from './schema/compiler.ts';

/**
 * Compiles a JSON Schema for values that the SDK will parse: it refuses those with a member that could become a prototype,
 * whatever their schema says.
 */
export function compileForSdk(schema: unknown, options?: CompileOptions): Pick<CompiledSchema, 'isValid' | 'issuesOf'> {
  const compiled = compileSchema(schema, options);
  return {
    isValid: (value) => compiled.isValid(value) && prototypeIn(value) === undefined,
    issuesOf: (value) => {
      const path = prototypeIn(value);
      return path === undefined ? compiled.issuesOf(value) : [refused(path), ...compiled.issuesOf(value)];
    },
  };
}

function refused(path: IssuePath): Issue {
  return { message: `Leave out the member ${path.at(-1)}.`, path, check: 'schema', kind: 'schema' };
}

/** How deep a value is looked through by recursion; what lies deeper is looked through by a list. */
const deepest = 200;

/** Where a value of JSON has a member that could become a prototype. */
export function prototypeIn(value: unknown): IssuePath | undefined {
  return isContainer(value) && mayHavePrototype(value, undefined, 0) ? placeOfPrototype(value) : undefined;
}

/** Whether one is in a value, or may be, deeper than is looked. Almost no value has one: this builds no paths. */
function mayHavePrototype(value: object, name: string | undefined, depth: number): boolean {
  if (depth > deepest) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (isContainer(item) && mayHavePrototype(item, undefined, depth + 1)) return true;
    }
    return false;
  }
  for (const key in value) {
    if (key === '__proto__' || (key === 'prototype' && name === 'constructor')) return true;
    const member = (value as Record<string, unknown>)[key];
    if (isContainer(member) && mayHavePrototype(member, key, depth + 1)) return true;
  }
  return false;
}

function placeOfPrototype(root: object): IssuePath | undefined {
  const pending: { readonly value: object; readonly place: MaybePlace }[] = [{ value: root, place: undefined }];
  for (const { value, place } of pending) {
    if (Object.hasOwn(value, '__proto__')) return pathOf(placeIn(place, '__proto__'));
    if (place?.key === 'constructor' && Object.hasOwn(value, 'prototype')) return pathOf(placeIn(place, 'prototype'));
    for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      const member = (value as Record<string | number, unknown>)[name];
      if (isContainer(member)) pending.push({ value: member, place: placeIn(place, name) });
    }
  }
  return undefined;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
