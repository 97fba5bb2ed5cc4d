import { InvalidArgumentError } from '@ai-sdk/provider';

/** @throws InvalidArgumentError unless it is a string: answers come as `undefined` where a model gave none. */
export function refuseOtherThanText(text: unknown): void {
  if (typeof text === 'string') return;
  throw new InvalidArgumentError({ argument: 'text', message: `The text must be a string; this is ${typeof text}.` });
}
