import type { LanguageModel } from './language-model.ts';

/** What a provider refuses although others accept it, or requires although others do not. */
export interface ProviderTraits {
  /** Its models have no tools. */
  readonly knowsNoTools?: boolean;
  /** A turn that continues after tool results must begin with the model's own reasoning. */
  readonly wantsOwnThoughts?: boolean;
  /** The reasoning before a call must be sent back, even if it is empty. */
  readonly wantsEmptyThoughts?: boolean;
  /** It refuses a JSON response format together with tools. */
  readonly refusesFormatWithTools?: boolean;
  /** Members of a tool's input, and of an answer, have names of letters, digits, `_`, `.` and `-`. */
  readonly refusesPointers?: boolean;
  /** Its package for ai@6 sends a provider-executed call back as a function call without a response. */
  readonly losesExecuted?: boolean;
  /** The most tools a request may have. */
  readonly maxTools?: number;
  /** Its package sends each text of a tool result as a separate response, and leaves files out. */
  readonly splitsResults?: boolean;
}

/** By the name that a provider package, or a gateway, uses for the provider. */
const traits: readonly (readonly [RegExp, ProviderTraits])[] = [
  // https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking#extended-thinking-with-tool-use
  [/anthropic|bedrock/, { wantsOwnThoughts: true, refusesPointers: true }],
  // https://api-docs.deepseek.com/guides/thinking_mode#tool-calls
  [/^deepseek/, { wantsOwnThoughts: true, wantsEmptyThoughts: true }],
  // https://github.com/googleapis/js-genai/issues/727
  [/^(?:google|vertex)(?!.*anthropic)/, { refusesFormatWithTools: true, losesExecuted: true, splitsResults: true }],
  // https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools
  [/^(?:openai|azure)[^/]*\.chat|^openai\//, { maxTools: 128 }],
  // https://docs.x.ai/docs/guides/function-calling
  [/^xai/, { maxTools: 200 }],
  // https://console.groq.com/docs/structured-outputs, https://console.groq.com/docs/api-reference#chat-create
  [/^groq/, { refusesFormatWithTools: true, maxTools: 128 }],
  // https://docs.perplexity.ai/api-reference/chat-completions-post
  [/^perplexity/, { knowsNoTools: true }],
];

/** These forward a request to the provider that the model's id begins with. */
const gateways = /^(?:gateway|openrouter)/;

export function traitsOf({ provider, modelId }: Pick<LanguageModel, 'provider' | 'modelId'>): ProviderTraits {
  const name = gateways.test(provider) ? modelId : provider;
  return Object.assign({}, ...traits.map(([names, given]) => (names.test(name) ? given : {})));
}
