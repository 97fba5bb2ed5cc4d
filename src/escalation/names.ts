import { InvalidArgumentError } from '@ai-sdk/provider';

/** Of who did something. */
export const maxNameLength = 200;

/** @throws InvalidArgumentError for what is no name of a person. */
export function requireName(argument: string, name: unknown): void {
  if (typeof name === 'string' && name.trim() !== '' && name.length <= maxNameLength) return;
  const message = `${argument} must be a name of at most ${maxNameLength} characters.`;
  throw new InvalidArgumentError({ argument, message });
}
