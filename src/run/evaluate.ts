import { type Candidate, toCandidate } from '../answers/candidate.ts';
import { mayBeRead } from '../answers/may-be-read.ts';
import type { Circumstances } from '../checks/plan/guarded.ts';
import { isIntermediate, type Judged, type Judgement, verdictOn } from '../checks/plan/verdict.ts';
import { isPromiseLike } from '../checks/schema.ts';
import type { Run } from '../context/run.ts';
import { isDue, type Turns, takeTurn, turnsFor } from '../context/take-turn.ts';
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
  const turns = turnsFor(asGiven.result);
  if (isDue(turns)) await takeTurn(turns, run);
  const aborted = 'aborted' in proposal ? (proposal as ModelAnswer).aborted : undefined;
  if (aborted !== undefined) {
    const { issues, estimatedTokens } = aborted;
    return { candidate: withValue(asGiven, proposal.value), verdict: { type: 'fail', issues }, estimatedTokens };
  }
  const judging: Judging = { place, turns, crashes: undefined };
  const judged = judge(run, asGiven, judging);
  const given = isPromiseLike(judged) ? await judged : judged;
  if (isDue(turns)) await takeTurn(turns, run);
  const read = mayHelpToRead(given, asGiven, run) ? await judgedAsRead(run, asGiven, given, judging) : undefined;
  const { candidate, verdict: alone } = read ?? { candidate: asGiven, verdict: given.verdict };
  const verdict = alone.type === 'pass' && run.live !== undefined ? await agreement(run, candidate) : alone;
  const isWarned = verdict.type === 'pass' && run.plan.warning !== undefined;
  const found = isWarned ? await warningsOf(run, candidate, judging) : [];
  const warnings = judging.crashes === undefined ? found : [...found, ...judging.crashes.values()];
  return warnings.length === 0 ? { candidate, verdict } : { candidate, verdict, warnings };
}

/** An attempt that is being judged. */
interface Judging {
  readonly place: AttemptPlace;
  readonly turns: Turns;
  /** An issue for each check that crashed and was ignored, by name. */
  crashes: Map<string, Issue> | undefined;
}

/** The findings of checks that only warn. One that crashes does not reject the answer either. */
async function warningsOf(run: Run, candidate: Candidate, judging: Judging): Promise<readonly Issue[]> {
  const { warning: plan } = run.plan;
  if (plan === undefined) return [];
  const { verdict } = await judge(run, candidate, judging, { plan, whenCheckCrashes: 'pass' });
  return verdict.type === 'pass' ? [] : verdict.issues;
}

function mayHelpToRead({ failedPhase }: Judged, asGiven: Candidate, { settings }: Run): boolean {
  return (failedPhase === 'tool-input' || failedPhase === 'structure') && mayBeRead(asGiven, settings.fix);
}

/** Judges an answer that does not fit as it can be read. */
async function judgedAsRead(
  run: Run,
  asGiven: Candidate,
  { verdict, failedPhase }: Judged,
  judging: Judging,
): Promise<Pick<Evaluated, 'candidate' | 'verdict'>> {
  const given = { candidate: asGiven, verdict };
  const { turns } = judging;
  const { readings, withReadToolInputs } = await readAnswer();
  const { fix } = run.settings;
  const steps =
    failedPhase === 'structure' ? readings(asGiven, run.plan, fix) : withReadToolInputs(asGiven, run.params.tools, fix);
  let nearest = given;
  for (const candidate of steps) {
    if (isDue(turns)) await takeTurn(turns, run);
    if (candidate === undefined) continue;
    const judged = await judge(run, candidate, judging);
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
  judging: Judging,
  { plan, whenCheckCrashes }: JudgedBy = { plan: run.plan, whenCheckCrashes: run.settings.whenCheckCrashes },
): Judged | Promise<Judged> {
  const { answer, isJson } = candidate;
  let made: Circumstances | undefined;
  const circumstances = () => (made ??= circumstancesOf(run, judging, whenCheckCrashes));
  return verdictOn({ plan, answer, isJson, params: run.params, circumstances });
}

type JudgedBy = Pick<Judgement, 'plan'> & Pick<Circumstances, 'whenCheckCrashes'>;

function circumstancesOf(
  run: Run,
  judging: Judging,
  whenCheckCrashes: Circumstances['whenCheckCrashes'],
): Circumstances {
  const { place } = judging;
  const { history, number } = place;
  return {
    ...checkContext(run, { history, number, isLast: isLastAttempt(run, place) }),
    whenCheckCrashes,
    onCrash(check, cause) {
      judging.crashes ??= new Map();
      judging.crashes.set(check, crashIssue(check, cause));
    },
    effects: run.settings.effects,
  };
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
