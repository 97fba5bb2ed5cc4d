import { verdictOn } from '../checks/verdict.ts';
import type { Run } from '../context/run.ts';
import { PromptRefusedError } from '../errors/prompt-refused-error.ts';
import { promptText } from '../model/prompt-text.ts';
import { checkContext } from './check-context.ts';

/**
 * Judges the prompt by the guards, before anything is read or paid for.
 *
 * Rejects with `PromptRefusedError` when one finds fault with it, and with `CheckCrashedError` when one crashes.
 */
export async function guardPrompt(run: Run): Promise<void> {
  const { guards, whenCheckCrashes, effects } = run.settings;
  const text = promptText(run.params.prompt);
  const { verdict } = await verdictOn({
    plan: guards,
    answer: { text, value: undefined, content: [{ type: 'text', text }], finishReason: 'stop' },
    isJson: false,
    ...checkContext(run, { history: [], number: 0, isLast: true }),
    whenCheckCrashes,
    effects,
  });
  if (verdict.type === 'fail') throw new PromptRefusedError({ issues: verdict.issues, prompt: text });
}
