import { answerOfText } from '../answers/candidate.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { Run } from '../context/run.ts';
import { type RejectedAnswer, rejectionMessages } from '../feedback/messages.ts';
import type { CallOptions, Prompt, ToolCall } from '../model/language-model.ts';
import type { FeedbackOptions } from '../stages/stage.ts';
import type { History } from '../trace/history.ts';
import type { AttemptPlace } from './foresee.ts';

/** The answer the next one has to do better than: the latest that failed. */
export function rejectedAnswer(run: Run, history: History): RejectedAnswer | undefined {
  const last = history.findLast((entry) => entry.type === 'attempt');
  if (last === undefined) return undefined;
  const candidate = run.candidates.get(last.number);
  return {
    content: candidate?.answer.content ?? [{ type: 'text', text: last.text }],
    text: last.text,
    issues: last.verdict.type === 'fail' ? last.verdict.issues : [],
    isAborted: last.estimatedTokens !== undefined,
  };
}

/** The caller's prompt, untouched, and after it the last answer with what to change. */
export function promptWithFeedback(
  run: Run,
  { history, stage, number }: AttemptPlace,
  { tools = [], only, advice, otherModel = false }: FeedbackOptions,
): Prompt {
  const { params, settings } = run;
  const rejected = rejectedAnswer(run, history);
  const answer = run.candidates.get(number - 1)?.answer ?? answerOfText(rejected?.text ?? '');
  const nonce = settings.effects.createId().slice(0, 8);
  const write = (issues: RejectedAnswer['issues'], toolCall?: ToolCall) =>
    settings.feedback({
      answer,
      issues,
      attempt: number,
      stage,
      tools,
      ...(only === undefined ? {} : { only }),
      ...(advice === undefined ? {} : { advice }),
      ...(toolCall === undefined ? {} : { toolCall }),
      schema: toolCall === undefined ? answerSchema(run) : inputSchema(params, toolCall),
      ...(run.live === undefined || only !== undefined ? {} : { released: run.live.text.owed }),
      nonce,
    });
  if (rejected !== undefined) return [...params.prompt, ...rejectionMessages(rejected, write, { otherModel })];
  if (advice === undefined && tools.length === 0) return params.prompt;
  return [...params.prompt, { role: 'user', content: [{ type: 'text', text: write([]) }] }];
}

/** What the caller asked for, or else what a check of the caller's holds the answer to. */
function answerSchema({ params: { responseFormat }, plan }: Run): unknown {
  if (responseFormat?.type === 'json' && responseFormat.schema !== undefined) return responseFormat.schema;
  for (const { schema } of plan.structure) {
    const own = schema === undefined ? undefined : jsonSchemaOf(schema);
    if (own !== undefined) return own;
  }
  return undefined;
}

function inputSchema({ tools = [] }: CallOptions, { toolName }: ToolCall): unknown {
  const tool = tools.find(({ name }) => name === toolName);
  return tool?.type === 'function' ? tool.inputSchema : undefined;
}
