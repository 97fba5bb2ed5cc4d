import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Check } from './check.ts';

/**
 * The text is not shorter than `min` and not longer than `max`, in characters (code points) or words.
 *
 * @throws InvalidArgumentError without a bound, and for bounds that no text could keep.
 */
export function length({
  min,
  max,
  unit = 'characters',
}: {
  readonly min?: number;
  readonly max?: number;
  /** @default 'characters' */
  readonly unit?: 'characters' | 'words';
}): Check {
  if (min === undefined && max === undefined) throw invalid('length() needs min or max.');
  if (!((max ?? 0) >= 0)) throw invalid('length() needs a max that is not negative.');
  if (!((min ?? 0) >= 0 && (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY))) {
    throw invalid('length() needs a min that is not negative and not above max.');
  }
  return {
    name: 'length',
    test: ({ text }) => {
      const size = unit === 'words' ? countWords(text) : countCodePoints(text);
      if (min !== undefined && size < min) return `Write at least ${min} ${unit}; the answer has ${size}.`;
      if (max !== undefined && size > max) return `Write at most ${max} ${unit}; the answer has ${size}.`;
      return true;
    },
  };
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'length', message });
}
