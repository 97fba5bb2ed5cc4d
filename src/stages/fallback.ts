import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseItself } from '../errors/refuse-itself.ts';
import { type LanguageModel, modelKey } from '../model/language-model.ts';
import { type ModelInput, resolveModel, resolveModelNow } from '../model/resolve-model.ts';
import { isWrapped } from '../model/wrapped-models.ts';
import { type CallOverrides, overrideNames, overridesOf, overriding } from './call-overrides.ts';
import type { Stage } from './stage.ts';
import { modelHandles, requireAttempts, requireOptions, type StageOptions } from './stage-options.ts';

/** The other model, and how many answers it may give. */
export interface FallbackOptions extends StageOptions, CallOverrides {
  /** The other model, or its id. */
  readonly model: ModelInput;
  /** How many answers the stage may produce. */
  readonly attempts: number;
}

/**
 * Asks another model, with the last answer and its issues. What only the first provider can read is not sent. This
 * stage also takes over when the first provider fails.
 *
 * @throws InvalidArgumentError without a model, for a wrapped one, if `attempts` is below 1, or for an override of the wrong type.
 * @example stages: [retry({ attempts: 2 }), fallback({ model: anthropic('claude-sonnet-4-5'), attempts: 1 })]
 */
export function fallback(options: FallbackOptions): Stage {
  refuseItself('model', options, 'fallback({ model, attempts: 1 })');
  requireOptions('fallback', options, ['model', ...overrideNames], '{ model, attempts: 1 }');
  const { name = 'fallback', model, attempts, handles = modelHandles } = options;
  requireAttempts(name, attempts);
  const overrides = overridesOf(name, options);
  if (model === undefined || model === null) {
    throw new InvalidArgumentError({
      argument: 'model',
      message: `The stage "${name}" needs a model: fallback({ model: openai('gpt-5'), attempts: 1 }).`,
    });
  }
  if (isWrapped(model)) {
    throw new InvalidArgumentError({
      argument: 'model',
      message: `The model of the stage "${name}" is wrapped already, and a ladder inside a ladder would multiply its calls: give the bare model, fallback({ model: openai('gpt-5'), attempts: 1 }). The checks and stages around it judge its answers too.`,
    });
  }
  if (typeof model !== 'string') resolveModelNow(model);
  let resolved: Promise<LanguageModel> | undefined;
  return {
    name,
    attempts,
    handles,
    usesModel: typeof model === 'string' ? model : modelKey(model as LanguageModel),
    async propose(given) {
      const context = overriding(given, overrides);
      resolved ??= resolveModel(model);
      const other = await resolved;
      const { choiceFor } = await import('./choice-for.ts');
      const prompt = context.promptWithFeedback({ model: other });
      return context.call(
        { ...context.params, prompt, toolChoice: choiceFor(context.params, other) },
        { model: other },
      );
    },
  };
}
