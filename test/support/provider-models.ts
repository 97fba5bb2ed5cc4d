import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createDeepSeek } from '@ai-sdk/deepseek';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createGroq } from '@ai-sdk/groq';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createPerplexity } from '@ai-sdk/perplexity';
import { createXai } from '@ai-sdk/xai';
import { createAmazonBedrock as createAmazonBedrockV3 } from 'ai-sdk-amazon-bedrock-v3';
import { createAnthropic as createAnthropicV3 } from 'ai-sdk-anthropic-v3';
import { createDeepSeek as createDeepSeekV3 } from 'ai-sdk-deepseek-v3';
import { createGoogleGenerativeAI as createGoogleGenerativeAIV3 } from 'ai-sdk-google-v3';
import { createGroq as createGroqV3 } from 'ai-sdk-groq-v3';
import { createMistral as createMistralV3 } from 'ai-sdk-mistral-v3';
import { createOpenAICompatible as createOpenAICompatibleV3 } from 'ai-sdk-openai-compatible-v3';
import { createOpenAI as createOpenAIV3 } from 'ai-sdk-openai-v3';
import { createPerplexity as createPerplexityV3 } from 'ai-sdk-perplexity-v3';
import { createXai as createXaiV3 } from 'ai-sdk-xai-v3';
import type { AnyLanguageModel } from '../../src/model/resolve-model.ts';
import type { RuledProvider } from '../servers/provider-rules/index.ts';

export type Sdk = 'ai@7' | 'ai@6';

/** The models of the real provider packages, of either major of the SDK, before a server at `urlOf`. */
export function providerModels(sdk: Sdk, urlOf: (provider: RuledProvider) => string) {
  const create = packagesOf(sdk);
  const at = (provider: RuledProvider) => ({ apiKey: 'none', baseURL: urlOf(provider) });
  const deepseek = create.deepseek(at('deepseek'));
  const google = create.google(at('gemini'));
  return {
    'openai-chat': create.openai(at('openai-chat')).chat('gpt-5-mini'),
    'openai-responses': create.openai(at('openai-responses')).responses('gpt-5-mini'),
    anthropic: create.anthropic(at('anthropic'))('claude-sonnet-4-6'),
    gemini: google('gemini-3-pro-image-preview'),
    'gemini-2.5': google('gemini-2.5-flash'),
    mistral: create.mistral(at('mistral'))('magistral-medium-latest'),
    bedrock: create.bedrock({ ...at('bedrock'), region: 'us-east-1' })('anthropic.claude-sonnet-4-6'),
    groq: create.groq(at('groq'))('openai/gpt-oss-120b'),
    deepseek: deepseek('deepseek-reasoner'),
    'deepseek-v4': deepseek('deepseek-v4-flash'),
    xai: create.xai(at('xai')).responses('grok-4'),
    openrouter: create.compatible({ ...at('openrouter'), name: 'openrouter' })('mistralai/mistral-large'),
    perplexity: create.perplexity(at('perplexity'))('sonar-pro'),
  } satisfies Record<string, AnyLanguageModel>;
}

export type ProviderModels = ReturnType<typeof providerModels>;

export type Packages = typeof packagesV4 | typeof packagesV3;

/** What makes the models, of either major of the SDK. */
export function packagesOf(sdk: Sdk): Packages {
  return sdk === 'ai@7' ? packagesV4 : packagesV3;
}

const packagesV4 = {
  openai: createOpenAI,
  anthropic: createAnthropic,
  google: createGoogleGenerativeAI,
  mistral: createMistral,
  bedrock: createAmazonBedrock,
  groq: createGroq,
  deepseek: createDeepSeek,
  xai: createXai,
  compatible: createOpenAICompatible,
  perplexity: createPerplexity,
};

export const packagesV3 = {
  openai: createOpenAIV3,
  anthropic: createAnthropicV3,
  google: createGoogleGenerativeAIV3,
  mistral: createMistralV3,
  bedrock: createAmazonBedrockV3,
  groq: createGroqV3,
  deepseek: createDeepSeekV3,
  xai: createXaiV3,
  compatible: createOpenAICompatibleV3,
  perplexity: createPerplexityV3,
};
