import { InvalidArgumentError } from '@ai-sdk/provider';
import { isPlace } from '../checks/places/place.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { nearestName } from '../trace/nearest-name.ts';
import type { AnyEntryType } from './entry-type.ts';
import { type AnyOption, objectSchema } from './option.ts';
import type { ConfigRegistry, EntryOptions } from './registry.ts';

/** What a list of entries is made into. */
export interface Making<MADE> {
  /** What the list is called in errors. */
  readonly list: 'checks' | 'stages';
  readonly types: Readonly<Record<string, AnyEntryType<MADE>>>;
  /** What every entry may say. */
  readonly shared: Readonly<Record<string, AnyOption>>;
  readonly custom: Readonly<Record<string, MADE | ((options: EntryOptions) => MADE)>> | undefined;
  readonly registry: ConfigRegistry;
  /** Gives what was made what every entry may say. */
  finish(made: MADE, shared: EntryOptions, entry: object): MADE;
}

/** @throws InvalidArgumentError naming the entry by its place and type, and the option that is wrong. */
export function madeFrom<MADE extends { readonly name: string }>(entries: unknown, making: Making<MADE>): MADE[] {
  const { list } = making;
  if (!Array.isArray(entries)) throw invalid(list, `${list} must be a list of entries, each with a type.`);
  const all: MADE[] = [];
  for (const [index, entry] of entries.entries()) {
    const where = `${list}[${index}]`;
    const type = typeOf(entry, where, making);
    all.push(
      told(`${where} (${type})`, where, () => {
        const made = madeOf(type, entry, making);
        const other = all.findIndex(({ name }) => name === made.name);
        if (other < 0) return made;
        throw invalid(where, `${list}[${other}] is named "${made.name}" too: give one of them another name.`);
      }),
    );
  }
  return all;
}

function typeOf<MADE>(entry: unknown, where: string, { list, types, custom = {} }: Making<MADE>): string {
  const type: unknown = (entry as { type?: unknown } | null | undefined)?.type;
  const known = [...new Set([...Object.keys(custom), ...Object.keys(types)])];
  if (typeof type !== 'string') throw invalid(where, `${where} must be an object with a type: ${known.join(', ')}.`);
  if (known.includes(type)) return type;
  const nearest = nearestName(type, known);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const own = `A type of your own goes into registry.${list}.`;
  throw invalid(where, `${where}: there is no type "${type}".${hint} There are ${known.join(', ')}. ${own}`);
}

function madeOf<MADE extends { readonly name: string }>(type: string, entry: object, making: Making<MADE>): MADE {
  const { types, shared, custom = {}, registry } = making;
  const { type: _, ...options } = entry as { type: string } & EntryOptions;
  const [common, own] = split(options, Object.keys(shared));
  refuseWrong(type, common, shared);
  const maker = Object.hasOwn(custom, type) ? custom[type] : undefined;
  // The entry of a check is a part of the cache's key.
  if (maker === undefined || making.list === 'checks') refuseEndless(options);
  if (typeof maker === 'function') return making.finish(maker(own), common, entry);
  if (maker !== undefined) {
    refuseUnknown(`${type}()`, options, Object.keys(shared));
    return making.finish(maker, common, entry);
  }
  const built = types[type] as AnyEntryType<MADE>; // the type is known
  refuseWrong(type, options, { ...shared, ...built.options });
  refuseNoPlaces(options, built.options);
  // What every entry may say and this one's maker does not know is added when it is made.
  const [known] = split(options, Object.keys(built.options));
  return making.finish(built.make(known as never, registry), common, entry); // it has been judged by its schema
}

const deepest = 1000;

/** @throws InvalidArgumentError for an option that cannot be written down. */
function refuseEndless(options: EntryOptions): void {
  const [name] = Object.entries(options).find(([, value]) => isEndless(value, new Set(), new Set())) ?? [];
  if (name === undefined) return;
  const what = `The option "${name}" holds itself, or nests more than ${deepest} levels deep`;
  throw invalid(name, `${what}: write it as plain JSON.`);
}

function isEndless(value: unknown, around: Set<unknown>, known: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || known.has(value)) return false;
  if (around.has(value) || around.size >= deepest) return true;
  around.add(value);
  const found = Object.values(value).some((part) => isEndless(part, around, known));
  around.delete(value);
  known.add(value);
  return found;
}

/** @throws InvalidArgumentError for an option there is none of, one that is missing, and one of the wrong type. */
function refuseWrong(type: string, options: EntryOptions, known: Readonly<Record<string, AnyOption>>): void {
  refuseUnknown(`${type}()`, options, Object.keys(known));
  const [issue] = compileSchema(objectSchema(known)).issuesOf(options);
  if (issue !== undefined) throw invalid(String(issue.path[0] ?? type), issue.message);
}

/** @throws InvalidArgumentError for a place that leads nowhere. */
function refuseNoPlaces(options: EntryOptions, known: Readonly<Record<string, AnyOption>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (known[name]?.isPlace !== true) continue;
    const places = typeof value === 'string' ? [value] : Array.isArray(value) ? value : Object.keys(value as object);
    const wrong = places.find((place) => !isPlace(place));
    if (wrong === undefined) continue;
    const said = `Correct the place ${JSON.stringify(wrong)} in ${name}: it has an empty name`;
    throw invalid(name, `${said}. Places are written vendor.id, /vendor/id or lines.*.price.`);
  }
}

function split(options: EntryOptions, names: readonly string[]): [EntryOptions, EntryOptions] {
  const entries = Object.entries(options);
  const within = entries.filter(([name]) => names.includes(name));
  return [Object.fromEntries(within), Object.fromEntries(entries.filter(([name]) => !names.includes(name)))];
}

/** Whatever goes wrong in an entry says which one it is. */
function told<RESULT>(who: string, argument: string, make: () => RESULT): RESULT {
  try {
    return make();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidArgumentError({ argument, message: `${who}: ${message}`, cause });
  }
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
