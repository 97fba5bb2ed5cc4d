import type { Answer } from '../model/answer.ts';
import type { ContentPart } from '../model/language-model.ts';
import type { ModelInput } from '../model/resolve-model.ts';
import type { Issue, IssueKind, Verdict } from '../trace/issue.ts';
import type { Check, CheckContext, CheckTest } from './check.ts';
import { callsOfCheck } from './check-calls.ts';
import { issuesOfFound, refuseGarbage } from './found.ts';
import { type Circumstances, guarded } from './guarded.ts';
import type { CheckPlan } from './plan.ts';
import { isPromiseLike, judgeBySchema, type SchemaResult } from './schema.ts';

/** An answer, and what it is judged by. */
export interface Judgement extends Circumstances {
  readonly plan: CheckPlan;
  readonly answer: Answer;
  /** Whether the whole text is one JSON value. */
  readonly isJson: boolean;
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
export async function verdictOn(judgement: Judgement): Promise<Judged> {
  const { plan, answer } = judgement;
  const toolIssues = plan.toolInput.length === 0 ? [] : await judgeContent(plan.toolInput, judgement, new Map());
  if (toolIssues.length > 0) return { verdict: fail(toolIssues), failedPhase: 'tool-input' };
  if (isIntermediate(answer.content)) return passed;

  const values: SchemaValues = new Map();
  const structure = judgeStructure(judgement, values);
  const structureIssues = isPromiseLike(structure) ? await structure : structure;
  if (structureIssues.length > 0) return { verdict: fail(structureIssues), failedPhase: 'structure' };

  const contentIssues = plan.content.length === 0 ? [] : await judgeContent(plan.content, judgement, values);
  return contentIssues.length > 0 ? { verdict: fail(contentIssues), failedPhase: 'content' } : passed;
}

const passed: Judged = { verdict: { type: 'pass' } };

/** What each schema made of the answer. */
type SchemaValues = Map<Check['schema'], unknown>;

/** A step of the caller's own agent loop: calls the caller will execute, or is asked to approve. */
export function isIntermediate(content: readonly ContentPart[]): boolean {
  return content.some(
    (part) => part.type === 'tool-approval-request' || (part.type === 'tool-call' && part.providerExecuted !== true),
  );
}

function fail(issues: readonly Issue[]): Verdict {
  const seen = new Set<string>();
  const unique = issues.filter(({ path, message, toolCallId }) => {
    const key = JSON.stringify([path, message, toolCallId]);
    return !seen.has(key) && seen.add(key);
  });
  return { type: 'fail', issues: unique };
}

/** Waits only for schemas that do. */
function judgeStructure(judgement: Judgement, values: SchemaValues): Issue[] | Promise<Issue[]> {
  const { plan, answer, isJson } = judgement;
  const [first] = plan.structure;
  if (first === undefined) return [];
  if (!isJson) return [noJsonIssue(answer, first.name)];
  const issues: Issue[] = [];
  const waiting: Promise<void>[] = [];
  const judged = new Set<Check['schema']>();
  for (const check of plan.structure) {
    const { schema } = check;
    if (schema === undefined || judged.has(schema)) continue;
    judged.add(schema);
    const take = (result: SchemaResult | undefined) => {
      if (result?.success === true) values.set(schema, result.value);
      else issues.push(...issuesOf(result, check));
    };
    const judging = guarded(check, judgement, () => judgeBySchema(schema as never, answer.value));
    if (isPromiseLike(judging)) waiting.push(Promise.resolve(judging).then(take));
    else take(judging);
  }
  return waiting.length === 0 ? issues : settleAll(waiting).then(() => inOrder(issues, plan.structure));
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
  return about('syntax', 'Answer with one JSON value and nothing around it.');
}

/** Runs checks in parallel, each as soon as those it comes after have passed. */
async function judgeContent(
  checks: readonly Check[],
  judgement: Judgement,
  values: Readonly<SchemaValues>,
): Promise<Issue[]> {
  const outcomes = new Map<string, Promise<readonly Issue[]>>();
  const start = (check: Check): Promise<readonly Issue[]> => {
    const known = outcomes.get(check.name);
    if (known !== undefined) return known;
    const outcome = runAfter(check, judgement, values, () => predecessors(check, checks).map(start));
    outcomes.set(check.name, outcome);
    return outcome;
  };
  const found = await settleAll(checks.map(start));
  return found.flat();
}

function predecessors({ after = [] }: Check, checks: readonly Check[]): Check[] {
  return checks.filter(({ name }) => after.includes(name));
}

async function runAfter(
  check: Check,
  judgement: Judgement,
  values: Readonly<SchemaValues>,
  startPredecessors: () => Promise<readonly Issue[]>[],
): Promise<readonly Issue[]> {
  if (check.after !== undefined) {
    const before = await Promise.all(startPredecessors());
    if (before.some((issues) => issues.length > 0)) return [];
  }
  const { answer, meter } = judgement;
  const calls = callsOfCheck();
  const metered = (model: ModelInput) => meter(check.name, model, calls.begin());
  const context = { ...judgement.context, metered } as CheckContext; // the SDK's model, by structure
  const seen = values.has(check.schema) ? withValue(answer, values.get(check.schema)) : answer;
  try {
    const found = await guarded(check, judgement, () => testOf(check)(seen, context), refuseGarbage);
    return issuesOfFound(found, check);
  } finally {
    await calls.end();
  }
}

/** The test of a check; one that judges while the text streams is given the whole text at once. */
function testOf({ test, start }: Check): CheckTest<unknown> {
  if (test !== undefined) return test;
  return ({ text }) => {
    const judging = start?.();
    const found = judging?.push(text) ?? true;
    return found === true && judging !== undefined ? judging.end() : found;
  };
}

/** All results, or the first error once every check has settled, so that none is left behind. */
async function settleAll<VALUE>(promises: readonly Promise<VALUE>[]): Promise<VALUE[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

function withValue(answer: Answer, value: unknown): Answer {
  return { text: answer.text, content: answer.content, finishReason: answer.finishReason, value };
}
