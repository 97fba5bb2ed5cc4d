import { received } from '../../explaining/received.ts';
import { afford } from '../../patterns/effort.ts';
import { NUMBER } from '../../text/json-type.ts';
import type { Site } from '../keyword-site.ts';
import type { Truth } from '../truth.ts';

/** `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum` (draft-04's booleans too) and `multipleOf`. */
export function numbers(site: Site): void {
  const { node } = site;
  const demand = (isMet: (value: number) => Truth, wording: string) =>
    node.assertions.push({
      types: NUMBER,
      judge: (value) => isMet(value as number),
      demand: (where, value) => `Make ${where} ${wording}; it is ${received(value)}.`,
    });

  const minimum = site.get('minimum');
  const exclusiveMinimum = site.get('exclusiveMinimum');
  if (typeof minimum === 'number') {
    if (exclusiveMinimum === true) demand((value) => value > minimum, `greater than ${minimum}`);
    else demand((value) => value >= minimum, `at least ${minimum}`);
  }
  if (typeof exclusiveMinimum === 'number') {
    demand((value) => value > exclusiveMinimum, `greater than ${exclusiveMinimum}`);
  }

  const maximum = site.get('maximum');
  const exclusiveMaximum = site.get('exclusiveMaximum');
  if (typeof maximum === 'number') {
    if (exclusiveMaximum === true) demand((value) => value < maximum, `less than ${maximum}`);
    else demand((value) => value <= maximum, `at most ${maximum}`);
  }
  if (typeof exclusiveMaximum === 'number')
    demand((value) => value < exclusiveMaximum, `less than ${exclusiveMaximum}`);

  const divisor = site.get('multipleOf');
  if (typeof divisor === 'number' && divisor > 0) {
    demand((value) => isMultiple(value, divisor), `a multiple of ${divisor}`);
  }
}

/** What comparing decimal digits costs. */
const STEPS_PER_DECIMAL = 20;

/** Whether the decimal numbers divide evenly; as doubles 0.3 is no multiple of 0.1. */
function isMultiple(value: number, divisor: number): Truth {
  const quotient = value / divisor;
  if (Number.isInteger(quotient)) return true;
  if (!Number.isFinite(quotient) || Number.isInteger(divisor)) return false;
  if (!afford(STEPS_PER_DECIMAL)) return undefined;
  const nearest = Math.round(quotient);
  return (
    Math.abs(quotient - nearest) < 1e-9 && Number((nearest * divisor).toPrecision(15)) === Number(value.toPrecision(15))
  );
}
