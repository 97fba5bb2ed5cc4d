import { answerOfText } from '../answers/candidate.ts';
import { schemaOfPlan } from '../checks/plan/schema-of-plan.ts';
import type { Run } from '../context/run.ts';
import { callingForText } from '../errors/thrown-by-caller.ts';
import { writeFeedback } from '../feedback/feedback.ts';
import { foreignPrompt, forModel } from '../feedback/foreign-prompt.ts';
import { promptWithNote } from '../feedback/note.ts';
import { type RejectedAnswer, rejectionMessages } from '../feedback/rejection-messages.ts';
import { isLegalToolName } from '../feedback/tool-name.ts';
import type { CallOptions, Prompt, ToolCall } from '../model/language-model.ts';
import { offersTools } from '../model/offers-tools.ts';
import type { FeedbackOptions } from '../stages/stage.ts';
import { copied } from '../trace/copied.ts';
import type { History } from '../trace/history.ts';
import { wellFormed } from '../trace/well-formed.ts';
import type { AttemptPlace } from './foresee.ts';

/** The latest failed answer, which the next one has to improve. */
export function rejectedAnswer(run: Run, history: History): RejectedAnswer | undefined {
  const last = history.findLast((entry) => entry.type === 'attempt');
  if (last === undefined) return undefined;
  const candidate = run.candidates.get(last.number);
  return {
    content: candidate?.original.result.content ?? [{ type: 'text', text: last.text }],
    text: last.text,
    issues: last.verdict.type === 'fail' ? last.verdict.issues : [],
    isAborted: last.estimatedTokens !== undefined,
    model: run.authors.get(last.number),
  };
}

/** The caller's prompt, unchanged, followed by the last answer and what to change in it. */
export function promptWithFeedback(
  run: Run,
  { history, stage, number }: AttemptPlace,
  { tools = [], only, advice, model = run.model }: FeedbackOptions,
): Prompt {
  const { params, settings } = run;
  const rejected = rejectedAnswer(run, history);
  const answer = run.candidates.get(number - 1)?.answer ?? answerOfText(rejected?.text ?? '');
  const nonce = settings.effects.createId().slice(0, 8);
  const released = only === undefined ? run.live?.text.owed() : undefined;
  const write = (issues: RejectedAnswer['issues'], toolCall?: ToolCall) => {
    const context = {
      answer,
      issues: copied(issues),
      attempt: number,
      stage,
      tools,
      ...(only === undefined ? {} : { only }),
      ...(advice === undefined ? {} : { advice }),
      ...(toolCall === undefined ? {} : { toolCall }),
      schema: toolCall === undefined ? answerSchema(run) : inputSchema(params, toolCall),
      ...(released === undefined ? {} : { released }),
      nonce,
    };
    const { feedback } = settings;
    const text = feedback === undefined ? writeFeedback(context) : callingForText('feedback', () => feedback(context));
    return wellFormed(complete(text, only));
  };
  const isOther = model !== run.model;
  const prompt = isOther ? foreignPrompt(params.prompt, { model, idPrefix: 'call' }) : params.prompt;
  if (rejected === undefined) {
    const hasToSay = advice !== undefined || tools.length > 0 || (released ?? '') !== '';
    const whole = hasToSay ? promptWithNote(prompt, write([])) : prompt;
    return isOther ? forModel(whole, { ...params, model }) : whole;
  }
  const own = offersTools(params) ? (params.tools ?? []) : [];
  const names = only === undefined ? [...own.map(({ name }) => name), ...tools] : [];
  const isSendable = (name: string) => names.includes(name) || (names.length > 0 && isLegalToolName(name));
  const rejection = rejectionMessages(rejected, write, { isSendable });
  const isForeign = rejected.model !== undefined && rejected.model !== model;
  const whole = [...prompt, ...(isForeign ? foreignPrompt(rejection, { model, idPrefix: 'last' }) : rejection)];
  return isForeign || isOther ? forModel(whole, { ...params, model }) : whole;
}

/** Adds what providers insist on: that the text is not blank, and in JSON mode that it names the format. */
function complete(text: string, only: FeedbackOptions['only']): string {
  const said = text.trim() === '' ? 'Answer again.' : text;
  return only === undefined || /json/i.test(said) ? said : `${said}\nAnswer in JSON.`;
}

/** The schema that the caller asked for, or else the one of a check. */
function answerSchema({ params: { responseFormat }, plan }: Run): unknown {
  if (responseFormat?.type === 'json' && responseFormat.schema !== undefined) return responseFormat.schema;
  return schemaOfPlan(plan);
}

function inputSchema({ tools = [] }: CallOptions, { toolName }: ToolCall): unknown {
  const tool = tools.find(({ name }) => name === toolName);
  return tool?.type === 'function' ? tool.inputSchema : undefined;
}
