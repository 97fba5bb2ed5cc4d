import type { JsonObject } from '../../examples/practice-server/json.ts';
import { type ProviderAnswer, partsOf } from '../servers/provider-answers/index.ts';
import type { ProviderModels } from '../support/provider-models.ts';

/** A model as it is called, for its provider's rules depend on both. */
export interface Subject {
  readonly model: keyof ProviderModels;
  readonly providerOptions?: Readonly<Record<string, JsonObject>>;
  /** It begins each turn that has calls with its thoughts. */
  readonly alwaysThinks?: boolean;
}

const budget = { type: 'enabled', budgetTokens: 1024 };

export const subjects: Readonly<Record<string, Subject>> = {
  'openai-chat': { model: 'openai-chat' },
  'openai-responses': { model: 'openai-responses' },
  'openai-responses that keeps nothing': {
    model: 'openai-responses',
    providerOptions: { openai: { store: false, include: ['reasoning.encrypted_content'] } },
  },
  anthropic: { model: 'anthropic' },
  'anthropic that thinks': {
    model: 'anthropic',
    providerOptions: { anthropic: { thinking: budget } },
    alwaysThinks: true,
  },
  bedrock: { model: 'bedrock' },
  'bedrock that thinks': {
    model: 'bedrock',
    providerOptions: { bedrock: { reasoningConfig: budget } },
    alwaysThinks: true,
  },
  gemini: { model: 'gemini' },
  'gemini-2.5': { model: 'gemini-2.5' },
  mistral: { model: 'mistral' },
  groq: { model: 'groq' },
  deepseek: { model: 'deepseek' },
  'deepseek-v4': { model: 'deepseek-v4' },
  xai: { model: 'xai' },
  openrouter: { model: 'openrouter' },
  perplexity: { model: 'perplexity' },
};

/** Perplexity's models take no tools. */
export function takesTools(model: Subject['model']): boolean {
  return model !== 'perplexity';
}

/** Whether the model could give this answer. */
export function canSay({ model, alwaysThinks = false }: Subject, answer: ProviderAnswer): boolean {
  const types = partsOf(answer).map(({ type }) => type);
  return !types.includes('call') || (takesTools(model) && (!alwaysThinks || types[0] === 'reasoning'));
}
