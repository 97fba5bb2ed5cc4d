import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { compileRegExp } from '../incremental/patterns/compile-pattern.ts';
import { allowSteps } from '../incremental/patterns/effort.ts';
import type { Check } from './check.ts';
import { configuredBy } from './configured.ts';
import { eachText } from './places/each-text.ts';
import type { TextOptions } from './text.ts';

/** Where the pattern must match, and which engine runs it. */
export interface MatchesOptions extends Omit<TextOptions, 'ignoreCase'> {
  /**
   * Allows any pattern, including those with a back-reference or the `v` flag, and runs it in JavaScript's own engine.
   * That engine backtracks: an answer crafted for the pattern can block it forever.
   * @default false
   */
  readonly backtracking?: boolean;
}

/**
 * The text matches a pattern. The pattern runs in time linear in the text.
 *
 * @throws InvalidArgumentError for an invalid regular expression, or for one that only a backtracking engine can run.
 * @example matches(/^SELECT\b/i, { message: 'Begin with SELECT.' })
 * @example matches(/^[A-Z]{3}$/, { path: 'lines.*.currency' })
 */
export function matches(pattern: RegExp, options: MatchesOptions = {}): Check {
  refuseBadOptions('matches', options, { name: 'string', message: 'string', path: 'string', backtracking: 'boolean' });
  const { name = 'matches', message, path, backtracking = false } = options;
  if (!(pattern instanceof RegExp)) {
    const given =
      typeof pattern === 'string'
        ? `: /${pattern}/ for a pattern, contains(${JSON.stringify(pattern)}) for a text`
        : '';
    throw invalid(`matches() needs a regular expression${given}.`);
  }
  const what = path === undefined ? 'the answer' : 'this';
  const isMatch = backtracking ? nativeTest(pattern) : linearTest(pattern);
  const judging = eachText(path, (text) => {
    const truth = isMatch(text);
    if (truth === undefined) return [`Shorten ${what}; it is too long to be compared with ${pattern}.`];
    return truth ? [] : [message ?? `Make ${what} match ${pattern}.`];
  });
  return configuredBy([pattern, options], {
    name,
    ...judging,
    test(answer, context) {
      allowSteps(stepsPerAnswer + stepsPerCharacter * answer.text.length);
      return judging.test(answer, context);
    },
  });
}

/** What comparing an answer may take; a text that takes more is too long. */
const stepsPerAnswer = 20_000_000;
const stepsPerCharacter = 10;

function linearTest(pattern: RegExp): (text: string) => boolean | undefined {
  const compiled = compileRegExp(pattern);
  if (compiled.type === 'runs') return compiled.test;
  const message = `matches() does not run ${pattern}: ${compiled.reason}. Write it otherwise, or say backtracking: true; then an answer made for it can keep it busy for ever.`;
  throw invalid(message);
}

function nativeTest({ source, flags }: RegExp): (text: string) => boolean {
  const stateless = new RegExp(source, flags.replace(/[gy]/g, ''));
  return (text) => stateless.test(text);
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'matches', message });
}
