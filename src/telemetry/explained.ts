import type { Explaining } from '../errors/explain-issue.ts';

const key = Symbol('explaining');

/** Gives sinks the words for what an event found. Nobody else sees it, and no copy of the event has it. */
export function attachExplaining(event: object, explaining: Explaining): void {
  Object.defineProperty(event, key, { value: explaining });
}

/** What says of an event's issues what may be told; `undefined` for a copy of an event. */
export function explainingOf(event: object): Explaining | undefined {
  return (event as { readonly [key]?: Explaining })[key];
}
