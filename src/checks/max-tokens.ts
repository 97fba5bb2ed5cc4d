import { InvalidArgumentError } from '@ai-sdk/provider';
import { estimateTokens } from '../trace/estimate-tokens.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';

/**
 * The text has at most this many tokens, estimated from its length. As a guard, it counts the whole prompt; files that
 * are not text do not count.
 *
 * @throws InvalidArgumentError if the number is not above 0.
 * @example guards: [maxTokens(100_000)]
 */
export function maxTokens(tokens: number, { name = 'maxTokens' }: { readonly name?: string } = {}): Check {
  if (!(tokens > 0))
    throw new InvalidArgumentError({ argument: 'tokens', message: 'maxTokens() takes a number above 0.' });
  return configuredBy([tokens], {
    name,
    test({ text }) {
      const estimate = estimateTokens(text.length);
      return estimate <= tokens || `Shorten the text to about ${tokens} tokens; it has about ${estimate}.`;
    },
  });
}
