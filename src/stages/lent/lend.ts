import { traitsOf } from '../../model/provider-traits.ts';
import type { ModelAnswer, StageContext } from '../stage.ts';
import { type AnswerOptions, answerWithTools } from './answer-with-tools.ts';
import { connectTools } from './connect-tools.ts';
import { lentToolsOf } from './lent-tool.ts';
import type { ToolsInput } from './tool-source.ts';

interface LendOptions extends AnswerOptions {
  readonly tools: ToolsInput;
}

/** Connects to the tools once a run, and has the model answer with them. */
export async function lend(context: StageContext, { tools, ...options }: LendOptions): Promise<ModelAnswer> {
  const { stage, params, model, emit } = context;
  const lent = await context.once(async () => {
    const { tools: connected, owners } = await connectTools(tools, context);
    return await lentToolsOf(connected, {
      own: params.tools,
      maxTools: traitsOf(model).maxTools,
      onError(error, names) {
        const source = [...new Set(names.map((tool) => owners.get(tool)))].join(' and of ');
        emit('tool-source-error', { stage, source, error });
      },
    });
  });
  return await answerWithTools(context, lent, options);
}
