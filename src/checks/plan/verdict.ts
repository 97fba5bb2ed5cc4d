import type { Answer } from '../../model/answer.ts';
import type { CallOptions, ContentPart } from '../../model/language-model.ts';
import type { ModelInput } from '../../model/resolve-model.ts';
import type { Issue, IssueKind, Verdict } from '../../trace/issue.ts';
import type { Check, CheckContext, CheckTest } from '../check.ts';
import { type Found, issuesOfFound, refuseGarbage } from '../found.ts';
import { heldBack } from '../incremental-test.ts';
import { isPromiseLike, judgeBySchema, type SchemaResult, sdkJson } from '../schema.ts';
import { concernsCalls } from '../tool-inputs.ts';
import { callsOfCheck } from './check-calls.ts';
import { type Circumstances, guarded } from './guarded.ts';
import type { CheckPlan } from './plan.ts';
import { lenientToolInputs } from './zero-config.ts';

/** An answer, and what it is judged by. */
export interface Judgement {
  readonly plan: CheckPlan;
  readonly answer: Answer;
  /** Whether the whole text is one JSON value. */
  readonly isJson: boolean;
  /** The call that it answers. */
  readonly params: CallOptions;
  /** Made when a check needs them: most answers are judged by schemas alone. */
  readonly circumstances: () => Circumstances;
}

/** What the checks say, and which of them said so: a later phase runs only when those before it passed. */
export interface Judged {
  readonly verdict: Verdict;
  readonly failedPhase?: 'tool-input' | 'structure' | 'content';
}

/**
 * Judges an answer: structure first, the content checks only when it holds.
 *
 * @throws CheckCrashedError when a check does, unless `whenCheckCrashes` is `pass`.
 */
export function verdictOn(judgement: Judgement): Judged | Promise<Judged> {
  const { plan, answer } = judgement;
  const values: SchemaValues | undefined = plan.content.length === 0 ? undefined : new Map();
  return inPhase('tool-input', judgeContent(callChecks(judgement), judgement), () => {
    if (isIntermediate(answer.content)) return passed;
    return inPhase('structure', judgeStructure(judgement, values), () =>
      inPhase('content', judgeContent(plan.content, judgement, values), () => passed),
    );
  });
}

const passed: Judged = { verdict: { type: 'pass' } };

/** What a phase comes to: what it found, or else what comes `next`. Waits only for checks that do. */
function inPhase(
  failedPhase: NonNullable<Judged['failedPhase']>,
  found: readonly Issue[] | Promise<readonly Issue[]>,
  next: () => Judged | Promise<Judged>,
): Judged | Promise<Judged> {
  if (isPromiseLike(found)) return found.then((issues) => inPhase(failedPhase, issues, next));
  return found.length > 0 ? { verdict: fail(found), failedPhase } : next();
}

/** The checks of calls, without the call's own for an answer that has none and need not have one. */
function callChecks({ plan, answer, params }: Judgement): readonly Check[] {
  if (concernsCalls(answer, params)) return plan.toolInput;
  return plan.toolInput.filter((check) => check !== lenientToolInputs);
}

/** What each schema made of the answer. */
type SchemaValues = Map<Check['schema'], unknown>;

/** A step of the caller's own agent loop: calls the caller will execute, or is asked to approve. */
export function isIntermediate(content: readonly ContentPart[]): boolean {
  return content.some(
    (part) => part.type === 'tool-approval-request' || (part.type === 'tool-call' && part.providerExecuted !== true),
  );
}

function fail(issues: readonly Issue[]): Verdict {
  if (issues.length === 1) return { type: 'fail', issues };
  const seen = new Set<string>();
  const unique = issues.filter(({ path, message, toolCallId }) => {
    const key = JSON.stringify([path, message, toolCallId]);
    return !seen.has(key) && seen.add(key);
  });
  return { type: 'fail', issues: unique };
}

/** Waits only for schemas that do. */
function judgeStructure(judgement: Judgement, values: SchemaValues | undefined): Issue[] | Promise<Issue[]> {
  const { plan, answer, isJson } = judgement;
  const [first] = plan.structure;
  if (first === undefined) return [];
  if (!isJson) return [noJsonIssue(answer, first.name)];
  let issues: Issue[] = [];
  const waiting: Promise<void>[] = [];
  const checks = mayNamePrototype(answer.text) ? [{ ...first, schema: sdkJson }, ...plan.structure] : plan.structure;
  for (const check of checks) {
    const { schema } = check;
    if (schema === undefined || checks.find((other) => other.schema === schema) !== check) continue;
    const take = (result: SchemaResult | undefined) => {
      if (result?.success === true) values?.set(schema, result.value);
      else issues = issues.concat(issuesOf(result, check));
    };
    const judging = judgedBySchema(check, judgement);
    if (isPromiseLike(judging)) waiting.push(Promise.resolve(judging).then(take));
    else take(judging);
  }
  return waiting.length === 0 ? issues : settleAll(waiting).then(() => inOrder(issues, plan.structure));
}

/** What a schema says, at once or later. One that throws rejects, so that those that still wait are waited for. */
function judgedBySchema(check: Check, { answer, circumstances }: Judgement) {
  try {
    return guarded(check, circumstances, () => judgeBySchema(check.schema as never, answer.value));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Whether a JSON text may have what the SDK refuses to parse, whoever judges it: `__proto__`, or a `prototype`. */
function mayNamePrototype(text: string): boolean {
  return text.includes('proto') || text.includes('\\u00');
}

/** In the order of the checks, whichever came first. */
function inOrder(issues: readonly Issue[], checks: readonly Check[]): Issue[] {
  return checks.flatMap(({ name }) => issues.filter(({ check }) => check === name));
}

function issuesOf(result: SchemaResult | undefined, { name }: Check): Issue[] {
  if (result === undefined || result.success) return [];
  return result.issues.map((issue) => ({ kind: 'schema', ...issue, check: name }));
}

function noJsonIssue({ text, finishReason }: Answer, check: string): Issue {
  const about = (kind: IssueKind, message: string): Issue => ({ message, path: [], check, kind });
  if (finishReason === 'length')
    return about('truncated', 'Answer more briefly: the answer was cut off before its end.');
  if (finishReason === 'content-filter') return about('refused', 'Answer within the content policy.');
  if (text.trim() === '') return about('empty', 'Answer with one JSON value: the answer was empty.');
  return about('syntax', 'Answer with one valid JSON value and nothing around it.');
}

/** Runs checks in parallel, each as soon as those it comes after have passed. Waits only for checks that do. */
function judgeContent(
  checks: readonly Check[],
  judgement: Judgement,
  values?: Readonly<SchemaValues>,
): readonly Issue[] | Promise<readonly Issue[]> {
  if (checks.length === 0) return [];
  const outcomes = new Map<string, Outcome>();
  const start = (check: Check): Outcome => {
    const known = outcomes.get(check.name);
    if (known !== undefined) return known;
    const run = () => outcomeOf(check, judgement, values);
    const before = predecessors(check, checks).map(start);
    const outcome = before.length === 0 ? run() : runAfter(before, run);
    outcomes.set(check.name, outcome);
    return outcome;
  };
  const found = checks.map(start);
  return found.some(isPromiseLike) ? settleAll(found).then((issues) => issues.flat()) : (found as Issue[][]).flat();
}

/** What a check found, at once or later. */
type Outcome = readonly Issue[] | Promise<readonly Issue[]>;

function predecessors({ after = [] }: Check, checks: readonly Check[]): readonly Check[] {
  return after.length === 0 ? [] : checks.filter(({ name }) => after.includes(name));
}

async function runAfter(before: readonly Outcome[], run: () => Outcome): Promise<readonly Issue[]> {
  const issues = await Promise.all(before);
  return issues.flat().length > 0 ? [] : await run();
}

function outcomeOf(check: Check, judgement: Judgement, values: Readonly<SchemaValues> | undefined): Outcome {
  const { answer, circumstances } = judgement;
  const { meter, context } = circumstances();
  const calls = callsOfCheck();
  const metered = (model: ModelInput) => meter(check.name, model, calls.begin());
  const seen = values?.has(check.schema) ? withValue(answer, values.get(check.schema)) : answer;
  try {
    const given = { ...context, metered } as CheckContext; // the SDK's model, by structure
    const found = guarded(check, circumstances, () => testOf(check)(seen, given), refuseGarbage);
    if (!isPromiseLike(found) && !calls.hasBegun()) return issuesOfFound(found, check);
    return ended(found, check, calls);
  } catch (error) {
    return ended(Promise.reject(error), check, calls);
  }
}

/** What a check found when the model calls it made are over. */
async function ended(
  found: Found | undefined | PromiseLike<Found | undefined>,
  check: Check,
  calls: ReturnType<typeof callsOfCheck>,
): Promise<readonly Issue[]> {
  try {
    return issuesOfFound(await found, check);
  } finally {
    await calls.end();
  }
}

/** The test of a check; one that judges while the text streams is given the whole text at once. */
function testOf({ test, start }: Check): CheckTest<unknown> {
  if (test !== undefined || start === undefined) return test ?? (() => true);
  return ({ text }) => {
    const judging = start();
    const found = judging.push(text) ?? true;
    heldBack(judging);
    return found === true || (Array.isArray(found) && found.length === 0) ? judging.end() : found;
  };
}

/** What other checks found, by the error of the one that failed to judge beside them. */
export const foundBeside = /* @__PURE__ */ new WeakMap<object, readonly Issue[]>();

/** All results, or the first error once every check has settled, so that none is left behind. */
async function settleAll<VALUE>(promises: readonly (VALUE | Promise<VALUE>)[]): Promise<Awaited<VALUE>[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    const found = settled.flatMap((other) => (other.status === 'fulfilled' && (other.value as Issue[])) || []);
    foundBeside.set(Object(outcome.reason), found);
    throw outcome.reason;
  });
}

function withValue(answer: Answer, value: unknown): Answer {
  return { text: answer.text, content: answer.content, finishReason: answer.finishReason, value };
}
