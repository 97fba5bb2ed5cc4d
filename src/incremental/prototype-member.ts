import { inTurns } from '../effects/in-turns.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { type MaybePlace, pathOf, placeIn } from './explaining/place.ts';
import { type CompiledSchema, compileInSteps } from './schema/compiled-schema.ts';
import type { CompileOptions } from './schema/compiler.ts';

/** What the SDK's values are judged by. */
export interface CompiledForSdk extends Pick<CompiledSchema, 'isValid' | 'issuesOf'> {
  /** The schema alone, for values that are known to have no such member. */
  readonly schema: CompiledSchema;
}
type MaybeCompiled = CompiledForSdk | undefined;

/**
 * Compiles a JSON Schema for values that the SDK will parse: it refuses those with a member that could become a prototype,
 * whatever their schema says. A long schema is compiled in several turns of the event loop.
 *
 * What came with a call says which members it allows, and is `undefined` if it is no JSON Schema: that is the provider's to
 * refuse.
 *
 * @throws InvalidArgumentError for any other that is none.
 */
export function compileForSdk(
  schema: unknown,
  additionalMembers?: CompileOptions['additionalMembers'],
): MaybeCompiled | Promise<MaybeCompiled> {
  const work = compileInSteps(schema, additionalMembers && { additionalMembers });
  try {
    const { done, value } = work.next();
    if (done === true) return forSdk(value);
  } catch (error) {
    if (additionalMembers === undefined) throw error;
    return undefined;
  }
  return Promise.resolve(inTurns(work, { length: Number.POSITIVE_INFINITY })).then(forSdk);
}

function forSdk(compiled: CompiledSchema): CompiledForSdk {
  return {
    schema: compiled,
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

/** Where a value of JSON has a member that could become a prototype. */
export function prototypeIn(value: unknown): IssuePath | undefined {
  return isContainer(value) && hasPrototype(value) ? placeOfPrototype(value) : undefined;
}

/** Almost no value has one: this builds no paths. */
function hasPrototype(root: object): boolean {
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) if (isContainer(value[index])) pending.push(value[index]);
      continue;
    }
    for (const key in value) {
      if (key === '__proto__') return true;
      const member: unknown = (value as Record<string, unknown>)[key];
      if (!isContainer(member)) continue;
      if (key === 'constructor' && Object.hasOwn(member, 'prototype')) return true;
      pending.push(member);
    }
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
