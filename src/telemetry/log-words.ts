import { cut } from '../feedback/excerpt.ts';
import { inputTotal, outputTotal, type Usage } from '../trace/usage.ts';

/** The longest that is shown of an answer or a value. */
export const longestContent = 1000;

/** The tokens of a usage, in and out together; nothing where no provider reported them. */
export function reported(usage: Usage): string | undefined {
  const [input, output] = [inputTotal(usage), outputTotal(usage)];
  return input === undefined && output === undefined ? undefined : count((input ?? 0) + (output ?? 0), 'token');
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

interface Cost {
  readonly usd?: number;
  readonly estimatedUsd?: number;
  readonly unpriced?: readonly string[];
}

/** What something cost, with a comma before it; nothing where there is no price, and no sum where only models without one were called. */
export function dollars({ usd, estimatedUsd = 0, unpriced = [] }: Cost): string {
  const without = unpriced.length === 0 ? '' : `no price for ${unpriced.join(', ')}`;
  if (!usd && without !== '') return `, ${without}`;
  if (usd === undefined) return '';
  const sum = `, ${estimatedUsd > 0 ? 'about ' : ''}$${usd === 0 ? '0' : usd.toFixed(usd < 0.01 ? 6 : 4)}`;
  return without === '' ? sum : `${sum} (${without})`;
}

/** A time as a person reads it. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A value as JSON, cut. */
export function json(value: unknown): string {
  try {
    return cut(JSON.stringify(value) ?? 'undefined', longestContent);
  } catch {
    return '(no JSON)';
  }
}
