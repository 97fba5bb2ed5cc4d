import type { CheckPlan } from '../checks/plan/plan.ts';
import { verdictOn } from '../checks/plan/verdict.ts';
import type { Run } from '../context/run.ts';
import { explainIssue } from '../errors/explain-issue.ts';
import { PromptRefusedError } from '../errors/prompt-refused-error.ts';
import { requestPieces } from '../model/request-pieces.ts';
import { checkContext } from './check-context.ts';
import { endedBy } from './ends/ended-by.ts';
import { explainingRun } from './ends/said.ts';

/**
 * Judges the prompt by the guards, before anything is read or paid for.
 *
 * Rejects with `PromptRefusedError` when one finds fault with it, and with `CheckCrashedError` when one crashes.
 */
export async function guardPrompt(run: Run): Promise<void> {
  const { guards, whenCheckCrashes, effects } = run.settings;
  const text = requestPieces(run.params)
    .map(({ label, text: piece }) => `${label}: ${piece}`)
    .join('\n\n');
  const judge = async (plan: CheckPlan, whenCrashed = whenCheckCrashes) => {
    const context = checkContext(run, { history: [], number: 0, isLast: true });
    return await verdictOn({
      plan,
      answer: { text, value: undefined, content: [{ type: 'text', text }], finishReason: 'stop' },
      isJson: false,
      params: run.params,
      circumstances: () => ({ ...context, whenCheckCrashes: whenCrashed, effects }),
    });
  };
  const { verdict } = await judge(guards).catch((error: unknown) => {
    throw endedBy(run, error, []);
  });
  if (verdict.type === 'pass') {
    const warned = guards.warning === undefined ? undefined : (await judge(guards.warning, 'pass')).verdict;
    if (warned?.type === 'fail') run.state.guardWarnings = warned.issues;
    return;
  }
  const { issues } = verdict;
  const explained = explainingRun(run);
  const told = issues.slice(0, 3).map((issue) => explainIssue(issue, explained));
  const message = `The prompt was refused before the first call: ${told.join('; ')}. Change the prompt or the guard.`;
  throw new PromptRefusedError({ issues, message });
}
