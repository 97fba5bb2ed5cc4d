import type { Check } from './check.ts';

/**
 * The answer has text that is not blank, or a file.
 *
 * @example checks: [notEmpty()]
 */
export function notEmpty(): Check {
  return {
    name: 'notEmpty',
    test: ({ text, content }) =>
      text.trim() !== '' ||
      content.some(({ type }) => type === 'file') || [
        { message: 'Answer the question: the answer was empty.', kind: 'empty' },
      ],
  };
}
