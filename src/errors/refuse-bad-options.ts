import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from './refuse-unknown.ts';

/** The names of a factory's options, with none left out: of what kind each is, or `true` if the factory judges it itself. */
export type OptionNames<OPTIONS> = { readonly [NAME in keyof OPTIONS]-?: true | KindOf<OPTIONS[NAME]> };

type Kind = 'string' | 'number' | 'boolean' | 'function' | 'list';

type KindOf<VALUE> = [VALUE] extends [string | undefined]
  ? 'string'
  : [VALUE] extends [number | undefined]
    ? 'number'
    : [VALUE] extends [boolean | undefined]
      ? 'boolean'
      : [VALUE] extends [((...given: never[]) => unknown) | undefined]
        ? 'function'
        : [VALUE] extends [readonly unknown[] | undefined]
          ? 'list'
          : never;

/**
 * @param factory the function that takes the options, in words: `retry`, or `inbox.list`
 * @throws InvalidArgumentError for options that are none, for one that there is none of, and for one of another kind.
 */
export function refuseBadOptions<OPTIONS extends object>(
  factory: string,
  options: OPTIONS,
  names: OptionNames<OPTIONS>,
): void {
  refuseUnknown(`${factory}()`, options, Object.keys(names));
  for (const [name, kind] of Object.entries<true | Kind>(names)) {
    const value: unknown = options[name as keyof OPTIONS];
    if (kind === true || value === undefined || isOfKind(value, kind)) continue;
    throw new InvalidArgumentError({ argument: name, message: `${name} of ${factory}() must be a ${kind}.` });
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  return kind === 'list' ? Array.isArray(value) : typeof value === kind && !Number.isNaN(value);
}
