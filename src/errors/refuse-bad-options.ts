import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseUnknown } from './refuse-unknown.ts';

/** The names of a factory's options, with none left out. */
export type OptionNames<OPTIONS> = Readonly<Record<keyof OPTIONS, true>>;

/** @throws InvalidArgumentError for options that are none, and for one that the factory does not have. */
export function refuseBadOptions<OPTIONS extends object>(
  factory: string,
  options: OPTIONS,
  names: OptionNames<OPTIONS>,
): void {
  const known = Object.keys(names);
  if (typeof options !== 'object' || options === null) {
    throw new InvalidArgumentError({
      argument: factory,
      message: `${factory}() takes options: { ${known.join(', ')} }.`,
    });
  }
  refuseUnknown(`${factory}()`, options, known);
}
