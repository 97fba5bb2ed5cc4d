import { type Candidate, fixed, toCandidate } from '../answers/candidate.ts';
import type { CheckContext } from '../checks/check.ts';
import { isIntermediate, judgeAnswer } from '../checks/judge-answer.ts';
import type { CheckPlan } from '../checks/plan.ts';
import type { Run } from '../context/run.ts';
import { releasedIssue } from '../delivery/watch-answer.ts';
import type { Answer } from '../model/answer.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { partialValue } from '../stream/live/partial-value.ts';
import type { Verdict } from '../trace/issue.ts';
import { type AttemptPlace, isLastAttempt } from './foresee.ts';

/** A proposal as the checks left it. */
export interface Judged {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** Of an answer that was aborted while it streamed. */
  readonly estimatedTokens?: number;
}

/** Judges what a stage proposed; an answer that was aborted has been judged already. */
export async function judgeProposal(run: Run, proposal: Answer, place: AttemptPlace): Promise<Judged> {
  const needsJson = wantsJson(run) && !isIntermediate(proposal.content);
  const asGiven = toCandidate(proposal, { needsJson });
  const mayBeFixed = needsJson && !asGiven.isJson && run.settings.fix;
  const candidate = mayBeFixed ? await fixed(asGiven) : asGiven;
  const aborted = 'aborted' in proposal ? (proposal as ModelAnswer).aborted : undefined;
  if (aborted === undefined) {
    const verdict = await judge(run, candidate, place);
    return { candidate, verdict: verdict.type === 'pass' ? agreement(run, candidate) : verdict };
  }
  const { issues, estimatedTokens } = aborted;
  return { candidate: withPartialValue(candidate), verdict: { type: 'fail', issues }, estimatedTokens };
}

function wantsJson({ plan, params }: Run): boolean {
  return plan.structure.length > 0 || params.responseFormat?.type === 'json';
}

function judge(run: Run, candidate: Candidate, place: AttemptPlace): Promise<Verdict> {
  const { history, number } = place;
  const { plan, params, settings, abortSignal } = run;
  const context: CheckContext = {
    params,
    history,
    attempt: number,
    isLastAttempt: hasTests(plan) && isLastAttempt(run, place),
    ...(abortSignal === undefined ? {} : { abortSignal }),
  };
  const { answer, isJson } = candidate;
  const { whenCheckCrashes, effects } = settings;
  return judgeAnswer({ plan, answer, isJson, context, whenCheckCrashes, effects });
}

/** Whether an answer keeps what a live stream has delivered already. */
function agreement({ live }: Run, { answer }: Candidate): Verdict {
  const disagreement = live?.text.disagreement(answer.text);
  return disagreement === undefined ? { type: 'pass' } : { type: 'fail', issues: [releasedIssue(disagreement)] };
}

function hasTests({ toolInput, content }: CheckPlan): boolean {
  return toolInput.length > 0 || content.length > 0;
}

/** Feedback on an aborted answer can still show what was received. */
function withPartialValue(candidate: Candidate): Candidate {
  const { text, content, finishReason } = candidate.answer;
  return { ...candidate, answer: { text, content, finishReason, value: partialValue(text) } };
}
