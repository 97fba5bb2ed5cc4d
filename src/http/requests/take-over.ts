import type { Members } from './body.ts';
import { RequestRefused } from './problem.ts';

/**
 * Whether a request decides even if somebody else holds a claim.
 *
 * @throws RequestRefused if that is neither true nor false.
 */
export function takeOverIn({ takeOver }: Members): boolean | undefined {
  if (takeOver === undefined || typeof takeOver === 'boolean') return takeOver;
  throw new RequestRefused(400, 'takeOver is true or false.');
}

export function claimedBy(holder = 'Somebody else'): string {
  return `${holder} is working on it. Leave out takeOver, or make it true, to decide in their place.`;
}
