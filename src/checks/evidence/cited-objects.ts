import type { Steps } from '../../effects/in-turns.ts';
import type { IssuePath } from '../../trace/issue.ts';

export interface CitedObject {
  readonly ids: readonly string[];
  readonly quotation: string | undefined;
  readonly path: IssuePath;
}

const mostObjects = 10_000;

/** The objects of a JSON value that name a source, each with its quotation and place. */
export function* citedObjects(
  document: unknown,
  members: { readonly source: string; readonly quote: string },
): Steps<readonly CitedObject[]> {
  const found: CitedObject[] = [];
  const waiting: { value: unknown; path: IssuePath }[] = [{ value: document, path: [] }];
  for (let next = waiting.pop(); next !== undefined && found.length < mostObjects; next = waiting.pop()) {
    yield;
    const { value, path } = next;
    if (typeof value !== 'object' || value === null || path.length > mostLevels) continue;
    const object = value as Record<string, unknown>;
    const ids = [object[members.source]].flat().filter((id) => typeof id === 'string' || typeof id === 'number');
    const quotation = object[members.quote];
    if (!Array.isArray(value) && ids.length > 0) {
      const place = typeof quotation === 'string' ? members.quote : members.source;
      found.push({ ids: ids.map(String), quotation: undefined, path: [...path, members.source] });
      if (typeof quotation === 'string') found.push({ ids: ids.map(String), quotation, path: [...path, place] });
    }
    for (const [key, inner] of Object.entries(object).reverse()) {
      if (typeof inner === 'object')
        waiting.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return found;
}

/** Sources are not named deeper. */
const mostLevels = 100;
