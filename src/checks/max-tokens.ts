import { InvalidArgumentError } from '@ai-sdk/provider';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import type { Check } from './check.ts';

/**
 * The text has at most so many tokens, estimated from its length: of an answer, or as a guard of the whole prompt. Files
 * that are no text do not count.
 *
 * @throws InvalidArgumentError for a number that is not above 0.
 * @example guards: [maxTokens(100_000)]
 */
export function maxTokens(tokens: number, { name = 'maxTokens' }: { readonly name?: string } = {}): Check {
  if (!(tokens > 0))
    throw new InvalidArgumentError({ argument: 'tokens', message: 'maxTokens() takes a number above 0.' });
  return {
    name,
    test({ text }) {
      const estimate = estimateTokens(text.length);
      return estimate <= tokens || `Shorten the text to about ${tokens} tokens; it has about ${estimate}.`;
    },
  };
}
