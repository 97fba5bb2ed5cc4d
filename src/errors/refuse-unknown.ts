import { InvalidArgumentError } from '@ai-sdk/provider';
import { nearestName } from '../trace/nearest-name.ts';

/**
 * A misspelled option would be left aside without a word.
 *
 * @param where what the options are of: `retry()`, or `budget`; nothing for those of a model
 * @throws InvalidArgumentError naming the nearest option, and all there are.
 */
export function refuseUnknown(where: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const path = where === '' || where.endsWith('()') ? unknown : `${where}.${unknown}`;
  const of = where.endsWith('()') ? ` of ${where}` : '';
  throw new InvalidArgumentError({
    argument: where === '' ? unknown : where,
    message: `There is no option "${path}"${of}.${hint} There are ${known.join(', ')}.`,
  });
}
