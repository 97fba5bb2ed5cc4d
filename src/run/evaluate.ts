import { type Candidate, toCandidate } from '../answers/candidate.ts';
import { mayBeRead } from '../answers/may-be-read.ts';
import type { CheckPlan } from '../checks/plan/plan.ts';
import { schemaOfPlan } from '../checks/plan/schema-of-plan.ts';
import { isIntermediate, type Judged, type Judgement, verdictOn } from '../checks/plan/verdict.ts';
import type { Run } from '../context/run.ts';
import { type TakeTurn, turnsFor } from '../context/take-turn.ts';
import { lazily } from '../effects/lazily.ts';
import { explainCrash } from '../errors/check-crashed-error.ts';
import type { Answer } from '../model/answer.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import type { Issue, Verdict } from '../trace/issue.ts';
import { releasedIssue } from '../trace/released.ts';
import { checkContext } from './check-context.ts';
import { type AttemptPlace, isLastAttempt } from './foresee.ts';

const reading = /* @__PURE__ */ lazily(() => import('../reading/index.ts'));
const readAnswer = /* @__PURE__ */ lazily(() => import('../answers/read-answer.ts'));

/** A proposal, read and judged. */
export interface Evaluated {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** Findings that do not prevent acceptance. */
  readonly warnings?: readonly Issue[];
  /** For an answer that was aborted while it streamed. */
  readonly estimatedTokens?: number;
  readonly isUnjudged?: boolean;
}

/** Judges a stage's proposal. An aborted answer has been judged already. */
export async function evaluate(run: Run, proposal: Answer, place: AttemptPlace): Promise<Evaluated> {
  const needsJson = wantsJson(run) && !isIntermediate(proposal.content);
  const readJson = needsJson || !mayShowValue(run, proposal) ? undefined : (await reading()).readJson;
  const asGiven = toCandidate(proposal, { needsJson, readJson });
  const takeTurn = turnsFor(run, asGiven.result);
  await takeTurn();
  const aborted = 'aborted' in proposal ? (proposal as ModelAnswer).aborted : undefined;
  if (aborted !== undefined) {
    const { issues, estimatedTokens } = aborted;
    return { candidate: withValue(asGiven, proposal.value), verdict: { type: 'fail', issues }, estimatedTokens };
  }
  const crashes = new Map<string, Issue>();
  const judged = await readAndJudge(run, asGiven, { ...place, crashes, takeTurn });
  const { candidate } = judged;
  const verdict = judged.verdict.type === 'pass' ? await agreement(run, candidate) : judged.verdict;
  const found = verdict.type === 'pass' ? await warningsOf(run, candidate, { ...place, crashes, takeTurn }) : [];
  const warnings = [...found, ...crashes.values()];
  return { candidate, verdict, ...(warnings.length === 0 ? {} : { warnings }) };
}

/** An attempt being judged, with an issue for each check that crashed and was ignored, by name. */
interface JudgedPlace extends AttemptPlace {
  readonly crashes: Map<string, Issue>;
  readonly takeTurn: TakeTurn;
}

/** The findings of checks that only warn. One that crashes does not reject the answer either. */
async function warningsOf(run: Run, candidate: Candidate, place: JudgedPlace): Promise<readonly Issue[]> {
  const { warning: plan } = run.plan;
  if (plan === undefined) return [];
  const { verdict } = await judge(run, candidate, place, { plan, whenCheckCrashes: 'pass' });
  return verdict.type === 'pass' ? [] : verdict.issues;
}

/** Judges an answer as it is, and if it does not fit, as it can be read. */
async function readAndJudge(run: Run, asGiven: Candidate, place: JudgedPlace): Promise<Evaluated> {
  const { verdict, failedPhase } = await judge(run, asGiven, place);
  const given = { candidate: asGiven, verdict };
  await place.takeTurn();
  const mayHelp = failedPhase === 'tool-input' || failedPhase === 'structure';
  if (!mayHelp || !mayBeRead(asGiven, run.settings.fix)) return given;
  const { readings, withReadToolInputs } = await readAnswer();
  const steps =
    failedPhase === 'structure'
      ? readings(asGiven, schemaOfPlan(run.plan), run.settings.fix)
      : withReadToolInputs(asGiven, run.params.tools, run.settings.fix);
  let nearest: Evaluated = given;
  for (const candidate of steps) {
    await place.takeTurn();
    if (candidate === undefined) continue;
    const judged = await judge(run, candidate, place);
    if (judged.failedPhase !== failedPhase) return { candidate, verdict: judged.verdict };
    // The answer stays as it was, but the issues of the JSON inside it say more than that there is text around it.
    if (nearest === given && failedPhase === 'structure' && !asGiven.isJson)
      nearest = { candidate: withValue(asGiven, candidate.answer.value), verdict: judged.verdict };
  }
  return nearest;
}

/** Adds a value, so that feedback on an aborted answer, or on one that is not JSON, can show what was received. */
function withValue(candidate: Candidate, value: unknown): Candidate {
  const { text, content, finishReason } = candidate.answer;
  return { ...candidate, answer: { text, content, finishReason, value } };
}

/** Whether a check may look for JSON in a text that need not be JSON. */
function mayShowValue({ plan, settings }: Run, { text }: Answer): boolean {
  if (!settings.fix.syntax) return false;
  return (plan.content.length > 0 || (plan.warning?.content.length ?? 0) > 0) && /[[{]/.test(text);
}

function wantsJson({ plan, params }: Run): boolean {
  return (
    plan.structure.length > 0 || (plan.warning?.structure.length ?? 0) > 0 || params.responseFormat?.type === 'json'
  );
}

function judge(
  run: Run,
  candidate: Candidate,
  place: JudgedPlace,
  { plan, whenCheckCrashes }: Pick<Judgement, 'plan' | 'whenCheckCrashes'> = {
    plan: run.plan,
    whenCheckCrashes: run.settings.whenCheckCrashes,
  },
): Promise<Judged> {
  const { history, number, crashes } = place;
  const context = checkContext(run, { history, number, isLast: hasTests(plan) && isLastAttempt(run, place) });
  const { answer, isJson } = candidate;
  const { effects } = run.settings;
  const onCrash = (check: string, cause: unknown) => void crashes.set(check, crashIssue(check, cause));
  return verdictOn({ plan, answer, isJson, ...context, whenCheckCrashes, onCrash, effects });
}

function crashIssue(check: string, cause: unknown): Issue {
  const message = `The check failed to judge the answer${explainCrash(cause)} The answer was let go.`;
  return { message, path: [], check, kind: 'content' };
}

/** Whether an answer agrees with what a live stream has delivered. The text beside a call is no answer. */
async function agreement({ live, abortSignal }: Run, { answer }: Candidate): Promise<Verdict> {
  const disagreement = await live?.text.compare(answer.text, abortSignal);
  return disagreement === undefined || isIntermediate(answer.content)
    ? { type: 'pass' }
    : { type: 'fail', issues: [releasedIssue(disagreement)] };
}

function hasTests({ toolInput, content }: CheckPlan): boolean {
  return toolInput.length > 0 || content.length > 0;
}
