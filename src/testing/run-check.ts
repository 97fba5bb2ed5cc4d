import { InvalidArgumentError } from '@ai-sdk/provider';
import { toCandidate } from '../answers/candidate.ts';
import type { Check, CheckContext, CheckInput } from '../checks/check.ts';
import type { Circumstances } from '../checks/plan/guarded.ts';
import { planChecks } from '../checks/plan/plan.ts';
import { verdictOn } from '../checks/plan/verdict.ts';
import { isFlexibleSchema } from '../checks/schema.ts';
import { systemEffects } from '../effects/effects.ts';
import type { Answer } from '../model/answer.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { resolveModel } from '../model/resolve-model.ts';
import { readJson } from '../reading/index.ts';
import type { Verdict } from '../trace/issue.ts';

/**
 * Runs one check on one answer: a text, or the members of an answer that matter. It ignores `after` and `severity`.
 *
 * @throws CheckCrashedError if the check throws, times out or returns something invalid.
 * @example expect(await runCheck(length({ max: 3 }), 'four')).toMatchObject({ type: 'fail' })
 */
export async function runCheck(
  input: CheckInput,
  answer: string | Partial<Answer>,
  context: Partial<CheckContext> = {},
): Promise<Verdict> {
  const given = typeof answer === 'string' ? { text: answer } : answer;
  if (typeof given !== 'object' || given === null)
    throw new InvalidArgumentError({
      argument: 'answer',
      message: "runCheck() takes a check and an answer: runCheck(check, 'text').",
    });
  const plan = planChecks([alone(input)]);
  const { text = '', content = [{ type: 'text' as const, text }], finishReason = 'stop' } = given;
  const proposal = { text, value: undefined, content, finishReason };
  const candidate = toCandidate(proposal, { needsJson: plan.structure.length > 0, readJson });
  const { params = { prompt: [] } } = context;
  const circumstances: Circumstances = {
    context: { params, history: [], attempt: 1, isLastAttempt: false, toolResults: [], ...context },
    meter: async (_, model) => ((await context.metered?.(model)) as LanguageModel | undefined) ?? resolveModel(model), // by structure
    whenCheckCrashes: 'throw',
    effects: systemEffects,
  };
  const { verdict } = await verdictOn({
    plan,
    answer: candidate.answer,
    isJson: candidate.isJson,
    params,
    circumstances: () => circumstances,
  });
  return verdict;
}

/** The check without the checks it comes after, and as one that does not only warn. */
function alone(input: CheckInput): CheckInput {
  if (isFlexibleSchema(input)) return input;
  if (typeof input !== 'object' || input === null) return input; // planning says what it is
  const { after: _, severity: __, ...check } = input as Check;
  return check;
}
