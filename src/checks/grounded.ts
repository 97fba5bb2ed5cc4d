import { InvalidArgumentError } from '@ai-sdk/provider';
import { inTurns, type Steps } from '../effects/in-turns.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Answer } from '../model/answer.ts';
import { promptTexts } from '../model/prompt-text.ts';
import type { IssueKind } from '../trace/issue.ts';
import type { Check, CheckContext, FoundIssue } from './check.ts';
import { changedWithoutIssue } from './evidence/changed.ts';
import { type Place, placePattern } from './evidence/place-pattern.ts';
import type { Ungrounded } from './evidence/ungrounded.ts';

/** Further texts to compare the answer with: a list, or a function that returns one for each answer. */
export type Sources =
  | readonly string[]
  | ((context: CheckContext) => readonly string[] | PromiseLike<readonly string[]>);

/** What an answer must be based on, and which of its values are exempt. */
export interface GroundedOptions {
  /**
   * Texts that the answer may be based on, in addition to the prompt, its text files and what tools returned.
   * @default []
   */
  readonly sources?: Sources;
  /** Places of a JSON answer whose values the model may write freely: `summary`, `lines.*.id`. */
  readonly ignore?: readonly Place[];
  /** Places whose values are computed. Use a check of your own to say whether they are right. */
  readonly derived?: readonly Place[];
  /** How far a number may differ from the source's number, as a share of it: 0.01 is one percent. @default 0 */
  readonly tolerance?: number;
  /** The check's name; unique on a model. @default 'grounded' */
  readonly name?: string;
}

const longestAnswer = 1_000_000;

/**
 * Everything the answer says occurs in its sources: each value of a JSON answer, and the numbers, dates, times, names,
 * quotations, identifiers and addresses of a text, in whatever notation. If no source has anything of the kind, the
 * issue is `missing-information`, so a person is asked and not the model. In a retry, values without an issue must stay
 * as they were.
 *
 * @throws InvalidArgumentError for invalid sources or an invalid tolerance.
 * @example grounded({ derived: ['total'], ignore: ['summary'] })
 */
export function grounded(options: GroundedOptions = {}): Check {
  refuseBadOptions('grounded', options, {
    sources: true,
    ignore: 'list',
    derived: 'list',
    tolerance: 'number',
    name: 'string',
  });
  const { sources = [], ignore = [], derived = [], tolerance = 0, name = 'grounded' } = options;
  if (typeof sources !== 'function' && !(Array.isArray(sources) && sources.every((text) => typeof text === 'string')))
    throw invalid('sources', 'grounded() takes sources: a list of texts, or a function that gives one.');
  if (!(tolerance >= 0 && tolerance < 1))
    throw invalid('tolerance', 'tolerance must be a share: 0.01 for one percent.');
  const exempt = placePattern([...ignore, ...derived]);
  return {
    name,
    async test(answer, context) {
      if (isPersonsEdit(context)) return [];
      if (answer.text.length > longestAnswer)
        return `Shorten the answer to at most ${longestAnswer} characters; only then can it be compared with its sources.`;
      const given = typeof sources === 'function' ? await sources(context) : sources;
      const texts = [...sourceTexts(answer, context), ...given];
      // Most of what reads evidence is words of many languages: it loads when a check needs it.
      const [{ evidenceOf }, { ungroundedIn }] = await Promise.all([
        import('./evidence/index-of.ts'),
        import('./evidence/ungrounded.ts'),
      ]);
      const length = texts.reduce((sum, text) => sum + text.length, answer.text.length);
      return await inTurns(issuesOf(answer, texts), { length, abortSignal: context.abortSignal });

      function* issuesOf(judged: Answer, sourced: readonly string[]): Steps<FoundIssue[]> {
        const evidence = yield* evidenceOf(sourced);
        const found = yield* ungroundedIn(judged, evidence, { tolerance, exempt });
        const before = lastRejected(context, name);
        const changed = yield* changedWithoutIssue(judged, context.history, exempt);
        return [...found.map((claim) => issueOf(claim, before)), ...changed];
      }
    },
  };
}

/** What the call and the run give the model to rest on. */
export function sourceTexts({ content }: Answer, { params, toolResults, history }: CheckContext): string[] {
  const { responseFormat } = params;
  const schema = responseFormat?.type === 'json' && responseFormat.schema !== undefined ? [responseFormat.schema] : [];
  const provided = content.filter(({ type }) => type === 'tool-result' || type === 'source');
  const advice = history.flatMap((entry) => (entry.type === 'decision' ? [entry.decision] : []));
  return [
    ...promptTexts(params.prompt),
    ...[...schema, ...toolResults.map(({ output }) => output), ...provided, ...advice].map(asText),
  ];
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    // On lines of their own: `[1,3]` would read as a number with a comma.
    return JSON.stringify(value, undefined, 1) ?? '';
  } catch {
    return ''; // no JSON
  }
}

/** What a person wrote rests on the person. */
function isPersonsEdit({ history }: CheckContext): boolean {
  const last = history.at(-1);
  return last?.type === 'decision' && last.decision.type === 'edit';
}

/** The places of the last answer that this check found fault with. */
function lastRejected({ history }: CheckContext, name: string): ReadonlySet<string> {
  const last = history.findLast((entry) => entry.type === 'attempt');
  if (last?.type !== 'attempt' || last.verdict.type === 'pass') return new Set();
  const own = last.verdict.issues.filter(({ check }) => check === name);
  return new Set(own.map(({ path }) => JSON.stringify(path)));
}

/** Who made something up twice will not find it the third time. */
function issueOf(
  { message, path, suggestion, isMissing, isText }: Ungrounded,
  before: ReadonlySet<string>,
): FoundIssue {
  const isRepeated = suggestion === undefined && before.has(JSON.stringify(path));
  const kind: IssueKind = isRepeated || (isMissing && !isText) ? 'missing-information' : 'content';
  return { message, path, kind, ...(suggestion === undefined ? {} : { suggestion }) };
}

function invalid(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message });
}
