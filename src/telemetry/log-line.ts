import { byPerson, explainEnd } from '../errors/explain-run.ts';
import { isOurs } from '../errors/is-ours.ts';
import type { StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import { cut } from '../feedback/excerpt.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Issue } from '../trace/issue.ts';
import { describeError } from './describe-error.ts';
import { explainingOf } from './explained.ts';
import { errorInFull, issueInFull } from './in-full.ts';
import { count, dollars, json, longestContent, reported, seconds } from './log-words.ts';

/** What colour a line has on a terminal. */
export type Tone = 'good' | 'bad' | 'notable' | 'quiet';

export interface LogLine {
  readonly text: string;
  readonly tone: Tone;
}

interface LineOptions {
  readonly content: boolean;
}

type Lines = {
  readonly [NAME in StagedRetryEventName]?: (event: StagedRetryEvents[NAME], options: LineOptions) => LogLine;
};

/** An event as a line; `undefined` for one that a later event says more about. */
export function logLine<NAME extends StagedRetryEventName>(
  name: NAME,
  event: StagedRetryEvents[NAME],
  options: LineOptions,
): LogLine | undefined {
  return lines[name]?.(event, options);
}

const lines: Lines = {
  'run-start': ({ provider, model, type, metadata }) =>
    line('quiet', `run: ${provider} ${model}, ${type}${metadata === undefined ? '' : ` ${json(metadata)}`}`),
  'delivery-start': ({ delivery, heldBy }) =>
    line(
      'quiet',
      delivery === 'live' ? 'stream: live' : `stream: held${heldBy.length === 0 ? '' : ` by ${heldBy.join(', ')}`}`,
    ),
  'attempt-end': (event, options) =>
    line(event.attempt.verdict.type === 'pass' ? 'good' : 'bad', attemptText(event, options)),
  'stage-end': ({ ...end }) => line('quiet', `stage: ${explainEnd({ type: 'stage-end', ...end })}`),
  'tool-call': (call, { content }) => {
    const { toolName, attempt, durationMs, input } = call;
    const outcome = 'error' in call ? `failed: ${errorText(call.error, content)}` : 'answered';
    const shown = content ? ` ${json(input)}${'output' in call ? ` → ${json(call.output)}` : ''}` : '';
    return line(
      'error' in call ? 'bad' : 'quiet',
      `tool ${toolName} (attempt ${attempt}, call ${call.call}): ${outcome} in ${seconds(durationMs)}${shown}`,
    );
  },
  'check-call': (call, { content }) => {
    const { check, attempt, model, durationMs } = call;
    const judged = attempt === 0 ? 'prompt' : `attempt ${attempt}`;
    const outcome =
      'error' in call
        ? `failed: ${errorText(call.error, content)}`
        : `${reported(call.usage) ?? 'tokens not reported'}${dollars(call)}`;
    return line(
      'error' in call ? 'bad' : 'quiet',
      `check ${check} (${judged}, call ${call.call}): ${model}, ${outcome} in ${seconds(durationMs)}`,
    );
  },
  'tool-source-error': ({ stage, source, error }, { content }) =>
    line('bad', `tools of ${stage}${source === undefined ? '' : `, ${source}`}: ${sourceFailure(error, content)}`),
  'transport-retry': ({ model, retry, delayMs, error }, { content }) => {
    const shown = content ? `: ${cut(errorInFull(error), longestContent)}` : '';
    return line(
      'notable',
      `provider: ${describeError(error)} from ${model}, retry ${retry} in ${seconds(delayMs)}${shown}`,
    );
  },
  'cache-hit': ({ status, ageMs }) => line('good', `cache: ${status}, ${seconds(ageMs)} old`),
  'cache-miss': ({ reason }) => line('quiet', `cache: miss${reason === undefined ? '' : ` (${reason})`}`),
  'escalation-request': ({ escalation }) => personLine('asked', escalation.stage, escalation),
  'escalation-pending': ({ escalation }) => personLine('asked before', escalation.stage, escalation),
  'escalation-response': ({ escalation, decision }) => personLine(decision.type, decision.by, escalation),
  'run-end': (event, { content }) => {
    const {
      outcome,
      attempts,
      stage,
      durationMs,
      observed,
      decision,
      escalationId,
      error,
      cache,
      priceFaults = [],
      ...spent
    } = event;
    const asked = escalationId === undefined || error !== undefined ? '' : `, escalation ${escalationId}`; // The error names it.
    const why = error === undefined ? '' : `: ${errorText(error, content)}`;
    const next = observed?.nextStage === undefined ? '' : `, ${observed.nextStage} would be next`;
    const limit = observed?.limit === undefined ? '' : `, the budget (${observed.limit}) would end it`;
    const lost = cache?.notKept === undefined ? '' : `, not cached (${cache.notKept})`;
    const where = stage === undefined ? '' : ` in ${stage}`;
    const by = decision === undefined ? '' : ` after a person's ${byPerson[decision]}`;
    const tone = outcome === 'accepted' ? 'good' : outcome === 'failed' ? 'bad' : 'notable';
    return line(
      tone,
      `run${observed === undefined ? '' : ' (observed)'}: ${outcomeText(event)}${where}${asked}${by}${next}${limit}, ${count(attempts, 'attempt')}, ${seconds(durationMs)}${dollars(spent)}${priceFaults.map((fault) => `, ${fault}`).join('')}${lost}${why}`,
    );
  },
};

function personLine(what: string, by: string | undefined, { id }: Escalation): LogLine {
  return line('notable', `person: ${what}${by === undefined ? '' : ` by ${by}`}, escalation ${id}`);
}

function outcomeText({ outcome, observed }: StagedRetryEvents['run-end']): string {
  if (outcome === 'unchanged') return 'not accepted, left to the SDK';
  if (outcome !== 'not-accepted') return outcome;
  return observed === undefined ? 'not accepted, delivered by whenExhausted' : 'not accepted';
}

function attemptText(event: StagedRetryEvents['attempt-end'], { content }: LineOptions): string {
  const { attempt } = event;
  const { number, stage, model, verdict, usage, durationMs, text, fixes = [], warnings = [], ...spent } = attempt;
  const { estimatedTokens, isUnjudged } = spent;
  const told = (issues: readonly Issue[]) =>
    issues
      .slice(0, mostIssues)
      .map((issue) => {
        const { kind, check } = issue;
        const finding = content ? cut(issueInFull(issue), longestContent) : explainingOf(event)?.finding(issue);
        return `${finding ?? kind} (${check})`;
      })
      .join('; ');
  const tokens =
    estimatedTokens === undefined ? reported(usage) : `aborted after about ${count(estimatedTokens, 'token')}`;
  const outcome = verdict.type === 'pass' ? 'passed' : isUnjudged === true ? 'was not judged' : 'failed';
  const issues = verdict.type === 'pass' ? '' : `: ${told(verdict.issues)}`;
  const more =
    verdict.type === 'fail' && verdict.issues.length > mostIssues
      ? `; and ${verdict.issues.length - mostIssues} more`
      : '';
  const warned = warnings.length === 0 ? '' : `, warned: ${told(warnings)}`;
  const read = fixes.length === 0 ? '' : `, read with ${[...new Set(fixes.map(({ rule }) => rule))].join(', ')}`;
  const shown = content ? ` ← ${cut(json(text), longestContent)}` : '';
  return `attempt ${number} (${stage}, ${model}) ${outcome} in ${seconds(durationMs)}${tokens === undefined ? '' : `, ${tokens}`}${dollars(spent)}${read}${issues}${more}${warned}${shown}`;
}

/** What is wrong with a source; that a tool of it cannot be lent is said in our own words. */
function sourceFailure(error: unknown, content: boolean): string {
  return isOurs(error) ? error.message : `could not connect: ${errorText(error, content)}`;
}

/** What may be told of an error; with content, all that it and its causes say. */
function errorText(error: unknown, content: boolean): string {
  const described = describeError(error);
  if (!content) return described;
  const full = errorInFull(error);
  return cut(isOurs(error) ? full : `${described}: ${full}`, longestContent);
}

const mostIssues = 5;

function line(tone: Tone, text: string): LogLine {
  return { tone, text };
}
