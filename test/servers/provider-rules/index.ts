import { anthropicRules } from './anthropic.ts';
import { bedrockRules } from './bedrock.ts';
import { deepseekRules } from './deepseek.ts';
import { geminiRules } from './gemini.ts';
import { geminiInteractionsRules } from './gemini-interactions.ts';
import { groqRules } from './groq.ts';
import { mistralRules } from './mistral.ts';
import { openaiChatRules } from './openai-chat.ts';
import { openaiCompletionsRules } from './openai-completions.ts';
import { openaiResponsesRules } from './openai-responses.ts';
import { openrouterRules } from './openrouter.ts';
import { perplexityRules } from './perplexity.ts';
import type { Rule } from './rule.ts';
import { xaiRules } from './xai.ts';

export type { Rule, RuledRequest } from './rule.ts';

/** The published rules for a request, by provider and API. */
export const providerRules = {
  'openai-chat': openaiChatRules,
  'openai-responses': openaiResponsesRules,
  'openai-completions': openaiCompletionsRules,
  anthropic: anthropicRules,
  gemini: geminiRules,
  'gemini-interactions': geminiInteractionsRules,
  mistral: mistralRules,
  bedrock: bedrockRules,
  groq: groqRules,
  deepseek: deepseekRules,
  xai: xaiRules,
  openrouter: openrouterRules,
  perplexity: perplexityRules,
} as const satisfies Record<string, readonly Rule[]>;

export type RuledProvider = keyof typeof providerRules;
