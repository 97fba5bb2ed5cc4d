import { InvalidArgumentError } from '@ai-sdk/provider';
import { nearestName } from '../trace/nearest-name.ts';

/**
 * A misspelled option would be left aside without a word, and so would what is given in place of options.
 *
 * @param where what the options are of: `retry()`, or `budget`; nothing for those of a model
 * @throws InvalidArgumentError for what are no options, and for one there is none of, naming the nearest, and all there are.
 */
export function refuseUnknown(where: string, options: object, known: readonly string[]): void {
  const isFactory = where.endsWith('()');
  const names = known.join(', ');
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new InvalidArgumentError({
      argument: where || 'options',
      message: `${where || 'The options'} ${isFactory ? 'takes options:' : 'must be'} { ${names} }.`,
    });
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const path = where === '' || isFactory ? unknown : `${where}.${unknown}`;
  const of = isFactory ? ` of ${where}` : '';
  throw new InvalidArgumentError({
    argument: where || unknown,
    message: `There is no option "${path}"${of}.${hint} There are ${names}.`,
  });
}
