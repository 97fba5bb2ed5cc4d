import { InvalidArgumentError } from '@ai-sdk/provider';

/** @throws InvalidArgumentError for what is no id. */
export function requireId(id: unknown): asserts id is string {
  if (typeof id === 'string') return;
  throw new InvalidArgumentError({ argument: 'id', message: 'The id of an escalation is a text: escalation.id.' });
}

/** Of who did something. */
export const maxNameLength = 200;

/** @throws InvalidArgumentError for what is no name of a person. */
export function requireName(argument: string, name: unknown): void {
  if (typeof name === 'string' && name.trim() !== '' && name.length <= maxNameLength) return;
  const message = `${argument} must be a name of at most ${maxNameLength} characters.`;
  throw new InvalidArgumentError({ argument, message });
}
