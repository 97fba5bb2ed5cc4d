import { InvalidArgumentError } from '@ai-sdk/provider';
import type { IssueKind } from '../trace/issue.ts';
import { valueAt } from '../trace/json-pointer.ts';
import type { Check } from './check.ts';
import { toPath } from './place.ts';

/**
 * The answer's JSON has something at each of the given places: not absent, not `null`, not a blank string. A place is
 * `vendor.id` or the JSON pointer `/vendor/id`.
 *
 * @throws InvalidArgumentError for what is no place.
 * @example fieldPresent(['total', 'vendor.id'])
 * @example fieldPresent('vendor.id', { kind: 'missing-information' }) // it may not be in the source: ask a person, not the model
 */
export function fieldPresent(
  places: string | readonly string[],
  { name = 'fieldPresent', kind = 'content' }: { readonly name?: string; readonly kind?: IssueKind } = {},
): Check {
  const list: unknown = typeof places === 'string' ? [places] : places;
  if (!Array.isArray(list) || list.length === 0 || !list.every((place) => typeof place === 'string')) {
    const message = "fieldPresent() needs a place or a list of places: fieldPresent(['total', 'vendor.id']).";
    throw new InvalidArgumentError({ argument: 'fieldPresent', message });
  }
  const paths = (typeof places === 'string' ? [places] : places).map(toPath);
  return {
    name,
    test: ({ value }) =>
      paths
        .filter((path) => isAbsent(valueAt(value, path)))
        .map((path) => ({ message: `Add ${path.join('.')}; it is missing.`, path, kind })),
  };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
