import type { IssuePath } from '../trace/issue.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The sub-schema a JSON Schema has for a path, through `properties`, `items`, `prefixItems`, `additionalProperties` and
 * local references; `undefined` where it is not that plain (alternatives, patterns).
 */
export function schemaAt(root: unknown, path: IssuePath): unknown {
  let current = dereference(root, root);
  for (const key of path) {
    if (!isSchema(current)) return undefined;
    current = dereference(root, stepInto(current, key));
  }
  return current;
}

function stepInto(schema: Schema, key: string | number): unknown {
  if (typeof key === 'number') {
    const prefix = schema.prefixItems ?? schema.items;
    if (Array.isArray(prefix))
      return prefix[key] ?? (schema.prefixItems === undefined ? schema.additionalItems : schema.items);
    return schema.items;
  }
  if (isSchema(schema.properties) && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return schema.additionalProperties;
}

function dereference(root: unknown, schema: unknown): unknown {
  let current = schema;
  for (let hops = 0; hops < 32 && isSchema(current) && typeof current.$ref === 'string'; hops += 1) {
    current = resolvePointer(root, current.$ref);
  }
  return current;
}

function resolvePointer(root: unknown, pointer: string): unknown {
  if (pointer === '#') return root;
  if (!pointer.startsWith('#/')) return undefined;
  let current = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
