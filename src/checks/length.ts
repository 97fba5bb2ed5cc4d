import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';

/** The shortest and the longest text, and the unit of both. */
export interface LengthOptions {
  /** The least, in `unit`. */
  readonly min?: number;
  /** The most, in `unit`. A stream is held until it ends, and may be cancelled as soon as it is too long. */
  readonly max?: number;
  /** Characters are Unicode code points. @default 'characters' */
  readonly unit?: 'characters' | 'words';
}

/**
 * The text is not shorter than `min` and not longer than `max`, in characters or words.
 *
 * @throws InvalidArgumentError without a bound, or for bounds that no text could meet.
 * @example length({ min: 20, max: 280 })
 * @example length({ max: 50, unit: 'words' })
 */
export function length(options: LengthOptions = {}): Check {
  refuseBadOptions('length', options, { min: true, max: true, unit: true });
  const { min, max, unit = 'characters' } = options;
  for (const bound of [min, max])
    if (bound !== undefined && typeof bound !== 'number') throw invalid('min and max of length() are numbers.');
  if (unit !== 'characters' && unit !== 'words') throw invalid('unit of length() must be characters or words.');
  if (min === undefined && max === undefined) throw invalid('length() needs min or max: length({ max: 500 }).');
  if (!((max ?? 0) >= 0)) throw invalid('length() needs a max that is not negative.');
  if (!((min ?? 0) >= 0 && (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY))) {
    throw invalid('length() needs a min that is not negative and not above max.');
  }
  return configuredBy([options], {
    name: 'length',
    start() {
      const counted = unit === 'words' ? wordCounter() : codePointCounter();
      return {
        // A text that grows too long is wrong from its first character on.
        holdBack: max === undefined ? 0 : Number.POSITIVE_INFINITY,
        push(piece) {
          const size = counted(piece);
          return max === undefined || size <= max || `Write at most ${max} ${unit}; the answer has ${size}.`;
        },
        end() {
          const size = counted('');
          return min === undefined || size >= min || `Write at least ${min} ${unit}; the answer has ${size}.`;
        },
      };
    },
  });
}

/** Counts over pieces; each call gives the number so far. */
type Counter = (piece: string) => number;

function codePointCounter(): Counter {
  let count = 0;
  let endsInHighSurrogate = false;
  return (piece) => {
    if (piece === '') return count;
    if (endsInHighSurrogate && /^[\uDC00-\uDFFF]/.test(piece)) count -= 1;
    for (const _ of piece) count += 1;
    endsInHighSurrogate = /[\uD800-\uDBFF]$/.test(piece);
    return count;
  };
}

function wordCounter(): Counter {
  let count = 0;
  let endsInWord = false;
  return (piece) => {
    if (piece === '') return count;
    count += piece.match(/\S+/g)?.length ?? 0;
    if (endsInWord && /^\S/.test(piece)) count -= 1;
    endsInWord = /\S$/.test(piece);
    return count;
  };
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'length', message });
}
