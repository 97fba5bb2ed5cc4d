import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { cut } from '../feedback/excerpt.ts';
import { type IssueKind, issueKinds } from '../trace/issue.ts';
import type { Check, FoundIssue } from './check.ts';
import { configuredBy } from './configured.ts';
import { anyJson } from './json.ts';
import { type Place, placesAt, type Standing, toPath } from './places/place.ts';
import { sameJson } from './places/same-json.ts';

/** Which fields must be absent or equal, and the kind of the issues. */
export interface FieldPresentOptions {
  /** The check's name; unique on a model. @default 'fieldPresent' */
  readonly name?: string;
  /** The kind of the issues. @default 'content' */
  readonly kind?: IssueKind;
  /** Places that must be empty. @default [] */
  readonly absent?: Place | readonly Place[];
  /** The JSON value that each place must have. @default {} */
  readonly equals?: Readonly<Record<Place, unknown>>;
}

const mostIssues = 50;
const longestShown = 100;

/**
 * The answer's JSON has a value at each of the given places: not absent, not `null` and not a blank string. A place is
 * `vendor.id` or the JSON pointer `/vendor/id`; `lines.*.price` is the price of each line.
 *
 * @throws InvalidArgumentError for an invalid place.
 * @example fieldPresent(['total', 'lines.*.price'])
 * @example fieldPresent('total', { absent: 'error', equals: { currency: 'EUR' } })
 * @example fieldPresent('vendor.id', { kind: 'missing-information' }) // it may not be in the source: ask a person, not the model
 */
export function fieldPresent(places: Place | readonly Place[], options: FieldPresentOptions = {}): Check {
  refuseBadOptions('fieldPresent', options, { name: 'string', kind: true, absent: true, equals: true });
  const { name = 'fieldPresent', kind = 'content', absent = [], equals = {} } = options;
  if (typeof equals !== 'object' || equals === null || Array.isArray(equals))
    throw invalid("equals of fieldPresent() must be values by place: { currency: 'EUR' }.");
  if (!issueKinds.includes(kind)) throw invalid(`kind of fieldPresent() must be one of ${issueKinds.join(', ')}.`);
  const present = pathsOf(places, 'absent' in options || 'equals' in options);
  const unwanted = pathsOf(absent, true);
  const values = Object.entries(equals).map(([place, wanted]) => ({ path: toPath(place), wanted }));
  if (present.length + unwanted.length + values.length === 0) pathsOf([], false);
  return configuredBy([places, options], {
    name,
    schema: anyJson,
    test: ({ value }) => {
      const issues: FoundIssue[] = [];
      const tell = (path: FoundIssue['path'] & object, message: string, suggestion?: string) =>
        issues.push({ message, path, kind, ...(suggestion === undefined ? {} : { suggestion }) });
      for (const { path } of at(value, present, isAbsent)) tell(path, `Add ${said(path)}; it is missing.`);
      for (const { path } of at(value, unwanted, (found) => !isAbsent(found)))
        tell(path, `Remove ${said(path)}; nothing may stand there.`);
      for (const { path, wanted } of values)
        for (const place of at(value, [path], (found) => !sameJson(wanted, found)))
          tell(
            place.path,
            `Make ${said(place.path)} ${shown(wanted)}; it is ${shown(place.value)}.`,
            suggested(wanted),
          );
      return issues.slice(0, mostIssues);
    },
  });
}

/** Where one of the paths leads to something of that sort. */
function at(value: unknown, paths: readonly Standing['path'][], is: (found: unknown) => boolean): readonly Standing[] {
  return paths.flatMap((path) => placesAt(value, path).filter((place) => is(place.value)));
}

function pathsOf(places: Place | readonly Place[], mayBeNone: boolean): readonly Standing['path'][] {
  const list: unknown = typeof places === 'string' ? [places] : places;
  const isList = Array.isArray(list) && list.every((place) => typeof place === 'string');
  if (isList && (mayBeNone || list.length > 0)) return list.map(toPath);
  const message = "fieldPresent() needs a place or a list of places: fieldPresent(['total', 'vendor.id']).";
  throw new InvalidArgumentError({ argument: 'fieldPresent', message });
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The place in a sentence. */
function said(path: Standing['path']): string {
  return path.length === 0 ? 'the answer' : path.join('.');
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  try {
    return cut(JSON.stringify(value), longestShown);
  } catch {
    return 'nested too deeply';
  }
}

function suggested(wanted: unknown): string {
  return typeof wanted === 'string' ? wanted : JSON.stringify(wanted);
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'fieldPresent', message });
}
